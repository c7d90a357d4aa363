package tripod.console.post;

import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Lens;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Language;
import tripod.syntax.Tid;

/** Writes posts for the console. */
public interface PostWriter {
  /**
   * Writes a new post and returns where it is.
   *
   * @throws tripod.podstore.PodFailure if the store or a door's projection refuses
   */
  PodPath write(Account author, String text, Audience audience, Optional<Language> language);

  /**
   * Gives a post another text, and keeps all else that it says.
   *
   * @param seen the revision that the author saw
   * @throws tripod.podstore.PodFailure.Conflict if it has changed since
   * @throws tripod.podstore.PodFailure.NotFound if there is no such post
   */
  void edit(Account author, PodPath post, Tid seen, String text, Optional<Language> language);

  /** Deletes a post and says whether it was there. */
  boolean delete(Account author, PodPath post);

  /**
   * Returns the writer that goes through the pivot.
   *
   * @param lens reads a post back when it is edited
   * @param form in which new posts are stored
   */
  static PostWriter throughPivot(PodStore store, Accounts accounts, Lens lens, SocialCodec form) {
    return new PivotPosts(store, accounts, lens, form);
  }
}
