package tripod.console.look;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.TextNode;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * HTML that may stand on a page: made of what somebody sent by an allow-list (SEC-38).
 *
 * @param html the clean markup
 */
public record SafeHtml(String html) {
  /** Longest markup that is read as such, in characters; past it the text alone is shown. */
  static final int CHARS_MAX = 1024 * 1024;

  /** Deepest nesting that is shown as markup. */
  static final int DEPTH_MAX = 256;

  private static final Safelist ALLOWED =
      new Safelist()
          .addTags(
              "p",
              "br",
              "a",
              "span",
              "strong",
              "em",
              "del",
              "ul",
              "ol",
              "li",
              "blockquote",
              "code",
              "pre",
              "h1",
              "h2",
              "h3",
              "h4",
              "h5",
              "h6",
              "ruby",
              "rb",
              "rt",
              "rp",
              "rtc")
          .addAttributes("a", "href")
          .addAttributes("ol", "start")
          .addProtocols("a", "href", "http", "https")
          .addEnforcedAttribute("a", "rel", "nofollow noopener noreferrer");

  /** Takes text as text. */
  public static SafeHtml ofText(String text) {
    StringBuilder html = new StringBuilder(text.length() + 32).append("<p>");
    for (String line : text.split("\n", -1)) {
      html.append(Entities.escape(line)).append("<br>");
    }
    html.setLength(html.length() - "<br>".length());
    return new SafeHtml(html.append("</p>").toString());
  }

  /** Cleans markup. */
  public static SafeHtml of(String markup) {
    if (markup.length() > CHARS_MAX) {
      return ofText(markup.substring(0, CHARS_MAX));
    }
    Document dirty = Jsoup.parseBodyFragment(markup);
    if (depth(dirty.body()) > DEPTH_MAX) {
      return ofText(dirty.text());
    }
    Document clean = new Cleaner(ALLOWED).clean(dirty);
    clean.outputSettings().prettyPrint(false);
    for (Element anchor : clean.select("a")) {
      showHost(anchor);
    }
    return new SafeHtml(clean.body().html());
  }

  /** A link whose words look like another address than the one it leads to says where it leads. */
  private static void showHost(Element anchor) {
    Optional<String> target = host(anchor.attr("href"));
    if (target.isEmpty()) {
      anchor.unwrap();
      return;
    }
    String words = anchor.text().strip();
    Optional<String> claimed = claimedHost(words);
    if (claimed.isPresent() && !sameHost(claimed.get(), target.get())) {
      anchor.appendChild(new TextNode(" [" + target.get() + "]"));
    }
  }

  private static Optional<String> claimedHost(String words) {
    if (words.startsWith("#") || words.startsWith("@") || words.indexOf(' ') >= 0) {
      return Optional.empty();
    }
    String text = words.endsWith("…") ? words.substring(0, words.length() - 1) : words;
    int scheme = text.indexOf("://");
    String rest = scheme >= 0 ? text.substring(scheme + 3) : text;
    int end = 0;
    while (end < rest.length() && "/?#:".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    String host = rest.substring(0, end).toLowerCase(Locale.ROOT);
    boolean looksLikeOne = scheme >= 0 || (host.indexOf('.') > 0 && !host.endsWith("."));
    return looksLikeOne && !host.isEmpty() ? Optional.of(host) : Optional.empty();
  }

  private static boolean sameHost(String one, String other) {
    return stripWww(one).equals(stripWww(other));
  }

  private static String stripWww(String host) {
    return host.startsWith("www.") ? host.substring(4) : host;
  }

  private static Optional<String> host(String href) {
    try {
      return Optional.ofNullable(URI.create(href).getHost()).map(h -> h.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static int depth(Element root) {
    AtomicInteger deepest = new AtomicInteger();
    root.traverse((node, depth) -> deepest.accumulateAndGet(depth, Math::max));
    return deepest.get();
  }
}
