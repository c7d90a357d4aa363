package tripod.console.page;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Pages;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.PathParams;
import tripod.identity.route.RequestPod;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/**
 * {@code GET /social/posts/{name}} of a pod, for browsers: one public post. What is not public goes
 * to the Solid door, which knows what a stranger may be told about it.
 */
public final class PostPage {
  private final Pages pages;
  private final Accounts accounts;
  private final PodStore store;
  private final PublicPosts posts;
  private final SolidHandover handover;

  /** Makes the page. */
  public PostPage(
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

  /** Shows the page. */
  public void get(Context request) throws Exception {
    Account account = RequestPod.account(request);
    Optional<PodPath> path = path(PathParams.of(request, "name"));
    if (!account.isActive() || path.isEmpty()) {
      handover.take(request);
      return;
    }
    PodNames names = accounts.names(account);
    Optional<PostView> view = store.read(account.pod(), reader -> view(reader, names, path.get()));
    if (view.isPresent()) {
      pages.sendPublic(request, "page/post.jte", view.get());
    } else {
      handover.take(request);
    }
  }

  private Optional<PostView> view(PodReader reader, PodNames names, PodPath path) {
    return reader
        .get(path)
        .flatMap(resource -> posts.admit(reader, names, resource))
        .flatMap(
            open ->
                open.social() instanceof Social.Post post
                    ? Optional.of(
                        new PostView(
                            PersonView.of(names, posts.profile(reader, names)),
                            EntryView.of(open, post, names)))
                    : Optional.empty());
  }

  private static Optional<PodPath> path(String name) {
    try {
      return Optional.of(SocialPaths.POSTS.member(name)).filter(p -> !p.isContainer());
    } catch (PodFailure.Invalid malformed) {
      return Optional.empty();
    }
  }

  /** What the page shows. */
  record PostView(PersonView person, EntryView entry) {}
}
