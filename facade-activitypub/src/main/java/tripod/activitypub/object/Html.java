package tripod.activitypub.object;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/** Cleans the HTML of others (SEC-38). */
public final class Html {
  private static final int CHARS_MAX = 1 << 20;

  private static final Safelist ALLOWED =
      new Safelist()
          .addTags(
              "p",
              "br",
              "a",
              "span",
              "strong",
              "b",
              "em",
              "i",
              "u",
              "del",
              "s",
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
              "rt",
              "rp")
          .addAttributes("a", "href", "class")
          .addAttributes("span", "class")
          .addAttributes("ol", "start", "reversed")
          .addAttributes("li", "value")
          .addProtocols("a", "href", "http", "https")
          .addEnforcedAttribute("a", "rel", "nofollow noopener noreferrer")
          .addEnforcedAttribute("a", "target", "_blank");

  private Html() {}

  /** Returns the same text with nothing active in it. */
  public static String clean(String html) {
    String bounded = html.length() > CHARS_MAX ? html.substring(0, CHARS_MAX) : html;
    Document dirty = Jsoup.parseBodyFragment(bounded);
    Document clean = new Cleaner(ALLOWED).clean(dirty);
    clean.outputSettings(new Document.OutputSettings().prettyPrint(false));
    return clean.body().html();
  }
}
