package tripod.podstore.social;

import java.util.Optional;

/**
 * A link shown as a card.
 *
 * @param uri where it leads
 * @param title its heading
 * @param description a few words
 * @param thumb a small picture
 */
public record Card(String uri, String title, String description, Optional<Media> thumb) {
  /** Says whether it leads to a page. */
  public boolean isWeb() {
    return TextHtml.isWeb(uri);
  }
}
