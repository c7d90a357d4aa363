package tripod.console.post;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.function.BiFunction;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Accounts;
import tripod.identity.route.PathParams;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.Usage;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.syntax.PodNames;

/**
 * What the pages about posts have in common: finding the post that an address names, among those of
 * the person who asks.
 */
public final class PostPages {
  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;
  private final PodStore store;
  private final OwnPosts posts;

  /** Prepares the pages. */
  public PostPages(
      Guard guard, Pages pages, Accounts accounts, PodStore store, Lens lens, PublicGate gate) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
    this.store = store;
    this.posts = new OwnPosts(lens, gate);
  }

  Guard guard() {
    return guard;
  }

  Pages pages() {
    return pages;
  }

  /** Reads the author's pod. */
  <T> T read(Session session, BiFunction<PodReader, PodNames, T> work) {
    PodNames names = accounts.names(session.account());
    return store.read(session.account().pod(), view -> work.apply(view, names));
  }

  OwnPosts.Listing list(Session session, Optional<String> after) {
    return read(session, (view, names) -> posts.list(view, names, after));
  }

  Usage usage(Session session) {
    return store.usage(session.account().pod());
  }

  Optional<OwnPosts.Found> find(PodReader view, PodNames names, PodPath path) {
    return posts.find(view, names, path);
  }

  /** Returns the path in the request's address. */
  static Optional<PodPath> path(Context request) {
    return OwnPosts.path(PathParams.of(request, "name"));
  }

  void notFound(Context request, Visitor visitor) {
    guard.problem(
        request,
        visitor,
        Problem.of(
            404,
            "There is no such post",
            "It may have been deleted, here or in another app, or the address has a slip in it."));
  }
}
