package tripod.console.look;

import tripod.podstore.social.NameBook;
import tripod.podstore.social.Social;
import tripod.podstore.social.TextHtml;

/** Makes the markup of a post's words, clean whatever the post holds. */
public final class PostHtml {
  /** No page of ours lists a hashtag: its anchor leads nowhere, and the cleaning takes it away. */
  private static final String NO_TAG_PAGES = "";

  private static final TextHtml WRITER = new TextHtml(NameBook.EMPTY, NO_TAG_PAGES);

  private PostHtml() {}

  /** Returns the rich form if there is one, else the text with its links. */
  public static SafeHtml of(Social.Post post) {
    return SafeHtml.of(
        post.html().orElseGet(() -> WRITER.write(post.text(), post.facets()).html()));
  }
}
