package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the few forms that {@link TextHtml} writes, and nothing else. */
final class OwnHtml {
  private final String html;
  private final HtmlText.Anchors anchors;
  private final StringBuilder text = new StringBuilder();
  private final List<int[]> marks = new ArrayList<>();
  private final List<Facet.Feature> features = new ArrayList<>();
  private int at;

  private OwnHtml(String html, HtmlText.Anchors anchors) {
    this.html = html;
    this.anchors = anchors;
  }

  static Optional<HtmlText.Plain> read(String html, HtmlText.Anchors anchors) {
    OwnHtml reading = new OwnHtml(html, anchors);
    if (!html.isEmpty() && !reading.paragraphs()) {
      return Optional.empty();
    }
    String text = reading.text.toString();
    List<Facet> facets = new ArrayList<>();
    for (int i = 0; i < reading.marks.size(); i++) {
      int[] mark = reading.marks.get(i);
      facets.add(HtmlText.facet(text, mark[0], mark[1], reading.features.get(i)));
    }
    return Optional.of(new HtmlText.Plain(text, facets));
  }

  private boolean paragraphs() {
    if (!take("<p>")) {
      return false;
    }
    while (at < html.length()) {
      if (take("</p>")) {
        if (at == html.length()) {
          return true;
        }
        if (!take("<p>")) {
          return false;
        }
        text.append("\n\n");
      } else if (!(html.startsWith("<a ", at) ? anchor() : piece())) {
        return false;
      }
    }
    return false;
  }

  private boolean piece() {
    if (take("<br>")) {
      text.append('\n');
      return true;
    }
    int end = at;
    while (end < html.length() && html.charAt(end) != '<' && html.charAt(end) != '\n') {
      end++;
    }
    if (end == at) {
      return false;
    }
    String plain = plain(html.substring(at, end));
    at = end;
    if (plain == null) {
      return false;
    }
    text.append(plain);
    return true;
  }

  private boolean anchor() {
    int close = html.indexOf('>', at);
    int end = html.indexOf("</a>", at);
    if (close < 0 || end < close) {
      return false;
    }
    String open = html.substring(at, close);
    String href = value(open, " href=\"");
    if (href == null) {
      return false;
    }
    String uri = plain(href);
    String classes = value(open, " class=\"");
    String rel = value(open, " rel=\"");
    int from = text.length();
    at = close + 1;
    while (at < end) {
      if (!piece()) {
        return false;
      }
    }
    at = end + "</a>".length();
    String names = " " + (classes == null ? "" : classes) + " " + (rel == null ? "" : rel) + " ";
    if (uri != null) {
      anchors
          .read(uri, names, text.substring(from))
          .ifPresent(
              anchor -> {
                marks.add(new int[] {from, text.length()});
                features.add(anchor.feature());
              });
    }
    return uri != null;
  }

  private static @Nullable String value(String open, String name) {
    int from = open.indexOf(name);
    if (from < 0) {
      return null;
    }
    int start = from + name.length();
    int end = open.indexOf('"', start);
    return end < 0 ? null : open.substring(start, end);
  }

  /** Undoes our escapes, which are four; anything else with an ampersand is not ours. */
  private static @Nullable String plain(String escaped) {
    if (escaped.indexOf('&') < 0) {
      return escaped;
    }
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (from < escaped.length()) {
      char c = escaped.charAt(from);
      if (c != '&') {
        out.append(c);
        from++;
      } else if (escaped.startsWith("&amp;", from)) {
        out.append('&');
        from += 5;
      } else if (escaped.startsWith("&lt;", from)) {
        out.append('<');
        from += 4;
      } else if (escaped.startsWith("&gt;", from)) {
        out.append('>');
        from += 4;
      } else if (escaped.startsWith("&quot;", from)) {
        out.append('"');
        from += 6;
      } else {
        return null;
      }
    }
    return out.toString();
  }

  private boolean take(String token) {
    if (html.startsWith(token, at)) {
      at += token.length();
      return true;
    }
    return false;
  }
}
