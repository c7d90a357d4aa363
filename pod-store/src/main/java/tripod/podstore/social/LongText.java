package tripod.podstore.social;

import java.util.Optional;

/** Plain and rich forms of texts that no record cuts: articles and descriptions. Pure. */
public final class LongText {
  private LongText() {}

  /** Returns a plain text as paragraphs, in which web addresses are links. */
  public static String html(String text) {
    return new TextHtml(NameBook.EMPTY, "").write(text, TextHtml.webAddresses(text)).html();
  }

  /** Returns what HTML says in plain text. */
  public static String plain(String html) {
    return HtmlText.invert(html, HtmlText.Anchors.LINKS)
        .orElseGet(() -> HtmlText.read(html, (href, classes, label) -> Optional.empty()))
        .text();
  }
}
