package tripod.console.page;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.console.look.Pages;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/** {@code GET /} of a pod, for browsers: who this is, and what they posted for everybody. */
public final class ProfilePage {
  private final Pages pages;
  private final Accounts accounts;
  private final PodStore store;
  private final PublicPosts posts;
  private final SolidHandover handover;

  /** Makes the page. */
  public ProfilePage(
      Pages pages,
      Accounts accounts,
      PodStore store,
      Lens lens,
      PublicGate gate,
      SolidHandover handover) {
    this.pages = pages;
    this.accounts = accounts;
    this.store = store;
    this.posts = new PublicPosts(lens, gate);
    this.handover = handover;
  }

  /** Shows the page of an active account. */
  public void get(Context request) throws Exception {
    Account account = RequestPod.account(request);
    if (!account.isActive()) {
      handover.take(request);
      return;
    }
    PodNames names = accounts.names(account);
    Optional<String> after =
        Optional.ofNullable(request.queryParam("after")).filter(name -> !name.isEmpty());
    ProfileView view =
        store.read(
            account.pod(),
            reader -> {
              PublicPosts.Listing listing = posts.list(reader, names, after);
              return new ProfileView(
                  PersonView.of(names, posts.profile(reader, names)),
                  listing.posts().stream()
                      .flatMap(
                          open ->
                              open.social() instanceof Social.Post post
                                  ? java.util.stream.Stream.of(EntryView.of(open, post, names))
                                  : java.util.stream.Stream.of())
                      .toList(),
                  listing.more(),
                  after.isPresent());
            });
    pages.sendPublic(request, "page/profile.jte", view);
  }

  /**
   * What the page shows.
   *
   * @param person whose page it is
   * @param entries their posts, newest first
   * @param more name to go on behind
   * @param isLater whether this is not the first page
   */
  record ProfileView(
      PersonView person, List<EntryView> entries, Optional<String> more, boolean isLater) {}
}
