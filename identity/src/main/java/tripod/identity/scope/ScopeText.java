package tripod.identity.scope;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scope taken apart by the grammar all scopes share: {@code resource[:positional][?k=v&k=v]}.
 *
 * @param resource what it is about
 * @param positional the value of the parameter that needs no name; absent or empty is the same
 * @param params the named parameters, decoded, in order
 * @see <a href="https://atproto.com/specs/permission">AT Protocol: permissions, scope syntax</a>
 */
record ScopeText(String resource, Optional<String> positional, Map<String, List<String>> params) {
  /** Longest scope that is looked at, in characters. */
  static final int CHARS_MAX = 4096;

  ScopeText {
    var copy = new LinkedHashMap<String, List<String>>();
    params.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    params = Collections.unmodifiableMap(copy);
  }

  /** Takes a scope apart; empty when it breaks the grammar. */
  static Optional<ScopeText> parse(String text) {
    if (text.isEmpty() || text.length() > CHARS_MAX || !text.chars().allMatch(ScopeText::isPlain)) {
      return Optional.empty();
    }
    int question = text.indexOf('?');
    String head = question < 0 ? text : text.substring(0, question);
    int colon = head.indexOf(':');
    String resource = colon < 0 ? head : head.substring(0, colon);
    if (resource.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<String> positional =
          colon < 0 || colon == head.length() - 1
              ? Optional.empty()
              : Optional.of(decoded(head.substring(colon + 1)));
      return Optional.of(
          new ScopeText(
              resource,
              positional,
              question < 0 ? Map.of() : params(text.substring(question + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** RFC 6749 appendix A.4: printable ASCII but the quotation mark and the backslash. */
  private static boolean isPlain(int c) {
    return c > 0x20 && c < 0x7F && c != '"' && c != '\\';
  }

  private static Map<String, List<String>> params(String query) {
    var params = new LinkedHashMap<String, List<String>>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
        params.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return params;
  }

  /** RFC 3986 escapes only: a plus sign is one, as media types have it. */
  private static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        if (i + 2 >= text.length()) {
          throw new IllegalArgumentException("an escape is cut short");
        }
        bytes[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Writes a value so that it can stand in a scope. */
  static String encoded(String text) {
    var out = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xFF;
      boolean plain = isPlain(c) && "%&?#=+".indexOf(c) < 0;
      if (plain) {
        out.append((char) c);
      } else {
        out.append('%')
            .append(Character.forDigit(c >> 4, 16))
            .append(Character.forDigit(c & 15, 16));
      }
    }
    return out.toString();
  }

  /**
   * Returns all values of a parameter that may stand without its name; empty also when it stands
   * both ways, which the grammar forbids.
   */
  List<String> values(String name) {
    List<String> named = params.getOrDefault(name, List.of());
    if (positional.isEmpty()) {
      return named;
    }
    return named.isEmpty() ? List.of(positional.get()) : List.of();
  }

  /** Says whether no other parameters are there. */
  boolean hasOnly(String... names) {
    return List.of(names).containsAll(params.keySet());
  }
}
