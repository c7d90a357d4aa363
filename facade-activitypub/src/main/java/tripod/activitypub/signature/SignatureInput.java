package tripod.activitypub.signature;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.activitypub.activity.ActivityFailure;

/**
 * The part of structured fields that {@code Signature-Input} needs: the first entry of a dictionary
 * of inner lists of strings.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8941#section-3.1.1">RFC 8941, section 3.1.1</a>
 */
final class SignatureInput {
  private static final int HEADER_CHARS_MAX = 8192;
  private static final int COMPONENTS_MAX = 32;

  private final String text;
  private int at;

  private SignatureInput(String text) {
    this.text = text;
  }

  /**
   * One entry.
   *
   * @param label its key in the dictionary
   * @param components names covered, in order
   * @param parameters values as text, quotation marks removed
   * @param literal list and parameters exactly as they came
   */
  record Entry(
      String label, List<String> components, Map<String, String> parameters, String literal) {}

  /** Reads the first entry; others are not looked at. */
  static Entry first(String header) {
    if (header.length() > HEADER_CHARS_MAX) {
      throw new ActivityFailure.Unproven("the Signature-Input header is too long");
    }
    return new SignatureInput(header.strip()).entry();
  }

  private Entry entry() {
    String label = key();
    expect('=');
    int start = at;
    List<String> components = list();
    Map<String, String> parameters = new HashMap<>();
    while (at < text.length() && text.charAt(at) == ';') {
      at++;
      spaces();
      String name = key();
      expect('=');
      if (parameters.putIfAbsent(name, value()) != null) {
        throw unreadable();
      }
    }
    String literal = text.substring(start, at);
    spaces();
    if (at < text.length() && text.charAt(at) != ',') {
      throw unreadable();
    }
    return new Entry(label, List.copyOf(components), parameters, literal);
  }

  private List<String> list() {
    expect('(');
    List<String> components = new ArrayList<>();
    spaces();
    while (at < text.length() && text.charAt(at) != ')') {
      components.add(string());
      if (components.size() > COMPONENTS_MAX) {
        throw unreadable();
      }
      // A parameter of a component (";req", ";sf") would change its meaning: none is taken.
      if (at < text.length() && text.charAt(at) != ' ' && text.charAt(at) != ')') {
        throw new ActivityFailure.Unproven("parameters of components are not read");
      }
      spaces();
    }
    expect(')');
    return components;
  }

  private String string() {
    expect('"');
    var value = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c == '\\' && at < text.length()) {
        c = text.charAt(at++);
      }
      value.append(c);
    }
    expect('"');
    return value.toString();
  }

  private String value() {
    if (at < text.length() && text.charAt(at) == '"') {
      return string();
    }
    int start = at;
    while (at < text.length() && ";, ".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String key() {
    int start = at;
    while (at < text.length() && isKeyChar(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw unreadable();
    }
    return text.substring(start, at);
  }

  private static boolean isKeyChar(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "_-.*".indexOf(c) >= 0;
  }

  private void spaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private void expect(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw unreadable();
    }
    at++;
  }

  private static ActivityFailure unreadable() {
    return new ActivityFailure.Unproven("the Signature-Input header cannot be read");
  }
}
