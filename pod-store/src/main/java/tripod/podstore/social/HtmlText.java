package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;

/**
 * Reads HTML as a plain text and what its parts are (mapping TXT-6, TXT-7, TXT-10, TXT-11). Pure.
 *
 * <p>Limits: {@value #CHARS_MAX} characters, {@value #DEPTH_MAX} elements inside each other.
 */
public final class HtmlText {
  /** Most characters of HTML. */
  public static final int CHARS_MAX = 1_000_000;

  /** Most elements inside each other. */
  public static final int DEPTH_MAX = 100;

  /**
   * What was read.
   *
   * @param text plain, without white space at either end
   * @param facets of it, by UTF-8 bytes
   */
  public record Plain(String text, List<Facet> facets) {}

  /** Decides what an anchor is. */
  @FunctionalInterface
  public interface Anchors {
    /** Every address of the web is a link. */
    Anchors LINKS =
        (href, classes, label) ->
            TextHtml.isWeb(href)
                ? Optional.of(new Anchor(Optional.empty(), new Facet.Feature.Link(href)))
                : Optional.empty();

    /**
     * Reads an anchor.
     *
     * @param href as written
     * @param classes the names in {@code class} and {@code rel}, with spaces around each
     * @param label the visible text
     * @return empty when it is only text
     */
    Optional<Anchor> read(String href, String classes, String label);
  }

  /**
   * What an anchor is.
   *
   * @param label what the text shows instead
   * @param feature what it is
   */
  public record Anchor(Optional<String> label, Facet.Feature feature) {}

  private final Anchors anchors;
  private final StringBuilder out = new StringBuilder();
  private final List<Mark> marks = new ArrayList<>();
  private final Deque<int[]> lists = new ArrayDeque<>();
  private int newlines;
  private boolean space;
  private int quotes;
  private int preformatted;
  private boolean lineStart = true;
  private boolean afterBullet;

  private record Mark(int from, int to, Facet.Feature feature) {}

  private HtmlText(Anchors anchors) {
    this.anchors = anchors;
  }

  /**
   * Reads HTML of anybody.
   *
   * @throws PodFailure.Invalid past {@value #DEPTH_MAX} levels
   * @throws PodFailure.TooLarge past {@value #CHARS_MAX} characters
   */
  public static Plain read(String html, Anchors anchors) {
    if (html.length() > CHARS_MAX) {
      throw new PodFailure.TooLarge(
          "HTML of " + html.length() + " characters, at most " + CHARS_MAX + " are allowed");
    }
    HtmlText reading = new HtmlText(anchors);
    reading.children(Jsoup.parseBodyFragment(html).body(), 0);
    return reading.finish();
  }

  /**
   * Reads what {@link TextHtml} wrote, exactly: no white space is folded and none is lost.
   *
   * @return empty when it is not in that form
   */
  public static Optional<Plain> invert(String html, Anchors anchors) {
    return OwnHtml.read(html, anchors);
  }

  /** Returns facets with byte offsets for marks with offsets in characters. */
  static Facet facet(String text, int from, int to, Facet.Feature feature) {
    int start = text.substring(0, from).getBytes(StandardCharsets.UTF_8).length;
    int length = text.substring(from, to).getBytes(StandardCharsets.UTF_8).length;
    return new Facet(start, start + length, List.of(feature));
  }

  private Plain finish() {
    String text = out.toString();
    return new Plain(
        text, marks.stream().map(mark -> facet(text, mark.from, mark.to, mark.feature)).toList());
  }

  private void children(Element element, int depth) {
    if (depth > DEPTH_MAX) {
      throw new PodFailure.Invalid("HTML is deeper than " + DEPTH_MAX + " levels");
    }
    for (Node child : element.childNodes()) {
      if (child instanceof TextNode text) {
        text(text.getWholeText());
      } else if (child instanceof Element inner) {
        element(inner, depth + 1);
      }
    }
  }

  private void element(Element element, int depth) {
    if (element.hasClass("quote-inline") || element.hasClass("invisible")) {
      return;
    }
    switch (element.normalName()) {
      case "script", "style", "template", "title", "head", "svg", "math", "iframe", "object" -> {}
      case "br" -> newline();
      case "img" -> word(element.attr("alt"));
      case "a" -> anchor(element, depth);
      case "pre" -> preformatted(element, depth);
      case "blockquote" -> quote(element, depth);
      case "ul" -> list(element, new int[] {-1}, depth);
      case "ol" -> list(element, new int[] {number(element.attr("start"))}, depth);
      case "li" -> item(element, depth);
      case "p", "h1", "h2", "h3", "h4", "h5", "h6", "figure", "table" -> block(element, 2, depth);
      case "div", "section", "article", "header", "footer", "tr", "dt", "dd", "figcaption" ->
          block(element, 1, depth);
      case "span" -> {
        children(element, depth);
        if (element.hasClass("ellipsis")) {
          word("…");
        }
      }
      default -> children(element, depth);
    }
  }

  private void block(Element element, int lines, int depth) {
    atLeast(lines);
    children(element, depth);
    atLeast(lines);
  }

  private void preformatted(Element element, int depth) {
    preformatted++;
    block(element, 2, depth);
    preformatted--;
  }

  private void quote(Element element, int depth) {
    atLeast(2);
    quotes++;
    children(element, depth);
    quotes--;
    atLeast(2);
  }

  private void list(Element element, int[] counter, int depth) {
    atLeast(lists.isEmpty() ? 2 : 1);
    lists.push(counter);
    children(element, depth);
    lists.pop();
    atLeast(lists.isEmpty() ? 2 : 1);
  }

  private void item(Element element, int depth) {
    atLeast(1);
    int @Nullable [] counter = lists.peek();
    word(counter == null || counter[0] < 0 ? "• " : counter[0]++ + ". ");
    afterBullet = true;
    children(element, depth);
    afterBullet = false;
    atLeast(1);
  }

  private static int number(String start) {
    try {
      return start.isEmpty() ? 1 : Math.max(0, Integer.parseInt(start));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private void anchor(Element element, int depth) {
    HtmlText inner = new HtmlText(anchors);
    inner.preformatted = preformatted;
    inner.children(element, depth);
    String label = inner.out.toString();
    String classes = " " + element.attr("class") + " " + element.attr("rel") + " ";
    Optional<Anchor> anchor =
        label.isBlank() ? Optional.empty() : anchors.read(element.attr("href"), classes, label);
    if (anchor.isEmpty()) {
      children(element, depth);
      return;
    }
    if (startsWithSpace(element)) {
      space = true;
    }
    String shown = anchor.get().label().orElse(label);
    flush();
    int from = out.length();
    out.append(shown);
    marks.add(new Mark(from, out.length(), anchor.get().feature()));
    space = endsWithSpace(element);
  }

  private static boolean startsWithSpace(Element element) {
    String text = element.wholeText();
    return !text.isEmpty() && isSpace(text.charAt(0));
  }

  private static boolean endsWithSpace(Element element) {
    String text = element.wholeText();
    return !text.isEmpty() && isSpace(text.charAt(text.length() - 1));
  }

  /** HTML's own white space; U+00A0 is not (TXT-11). */
  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
  }

  private void text(String text) {
    if (preformatted > 0) {
      for (String line : text.split("(?<=\n)", -1)) {
        if (line.endsWith("\n")) {
          word(line.substring(0, line.length() - 1));
          newline();
        } else {
          word(line);
        }
      }
      return;
    }
    int from = 0;
    while (from < text.length()) {
      if (isSpace(text.charAt(from))) {
        space = true;
        from++;
      } else {
        int to = from;
        while (to < text.length() && !isSpace(text.charAt(to))) {
          to++;
        }
        word(text.substring(from, to));
        from = to;
      }
    }
  }

  private void word(String word) {
    if (!word.isEmpty()) {
      flush();
      out.append(word);
      lineStart = word.endsWith("\n");
    }
  }

  private void newline() {
    newlines++;
    space = false;
  }

  private void atLeast(int lines) {
    newlines = Math.max(newlines, lines);
    space = false;
  }

  /** Writes what must come before the next word: lines, the signs of quotes, or one space. */
  private void flush() {
    if (out.isEmpty()) {
      out.append("> ".repeat(quotes));
    } else if (afterBullet) {
      afterBullet = false; // what an item begins with stands beside its sign
    } else if (newlines > 0) {
      out.append("\n".repeat(newlines)).append("> ".repeat(quotes));
    } else if (space && !lineStart && !isSpace(out.charAt(out.length() - 1))) {
      out.append(' ');
    }
    newlines = 0;
    space = false;
    lineStart = false;
  }
}
