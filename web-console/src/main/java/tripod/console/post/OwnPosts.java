package tripod.console.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.console.look.PostHtml;
import tripod.console.look.SafeHtml;
import tripod.console.look.UrlPath;
import tripod.console.look.WrittenTime;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.PublicResource;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/** Reads a member's posts for themselves, whoever else may see them. */
final class OwnPosts {
  static final int PAGE_SIZE = 20;

  private final Lens lens;
  private final PublicGate gate;

  OwnPosts(Lens lens, PublicGate gate) {
    this.lens = lens;
    this.gate = gate;
  }

  /** Returns the newest posts, after one of them. */
  Listing list(PodReader view, PodNames names, Optional<String> after) {
    List<Resource> found = view.members(SocialPaths.POSTS, after, true, PAGE_SIZE + 1);
    List<Line> lines = new ArrayList<>();
    for (Resource resource : found.subList(0, Math.min(PAGE_SIZE, found.size()))) {
      post(resource, names).ifPresent(post -> lines.add(line(view, names, resource, post)));
    }
    Optional<String> more =
        found.size() > PAGE_SIZE
            ? Optional.of(found.get(PAGE_SIZE - 1).path().name())
            : Optional.empty();
    return new Listing(lines, more);
  }

  /** Returns one post. */
  Optional<Found> find(PodReader view, PodNames names, PodPath path) {
    return view.get(path)
        .flatMap(
            resource ->
                post(resource, names)
                    .map(
                        post ->
                            new Found(post, resource.rev(), line(view, names, resource, post))));
  }

  /** Returns the path that a name in an address means; empty for one that can be none. */
  static Optional<PodPath> path(String name) {
    try {
      return name.isEmpty() || name.indexOf('/') >= 0
          ? Optional.empty()
          : Optional.of(SocialPaths.POSTS.member(name));
    } catch (PodFailure.Invalid malformed) {
      return Optional.empty();
    }
  }

  private Optional<Social.Post> post(Resource resource, PodNames names) {
    try {
      return lens.read(resource, names)
          .filter(Social.Post.class::isInstance)
          .map(Social.Post.class::cast);
    } catch (PodFailure.Invalid unreadable) {
      return Optional.empty();
    }
  }

  private Line line(PodReader view, PodNames names, Resource resource, Social.Post post) {
    Optional<PublicResource> open = gate.admit(view, resource, post);
    String name = UrlPath.segment(resource.path().name());
    return new Line(
        "/console/posts/" + name,
        names.iri(UrlPath.of(resource.path())),
        WrittenTime.of(post.published(), resource),
        post.updated().isPresent(),
        AudienceChoice.label(post.audience()),
        open.isPresent(),
        post.audience().isOpen() && open.isEmpty(),
        post.reply().isPresent(),
        post.media().size(),
        post.languages().isEmpty() ? "" : post.languages().getFirst().value(),
        PostHtml.of(post));
  }

  /** A page of posts. */
  record Listing(List<Line> lines, Optional<String> more) {}

  /** A post as read. */
  record Found(Social.Post post, Tid rev, Line line) {}

  /**
   * One post in the list.
   *
   * @param console path of its page here
   * @param page its own address
   * @param written when
   * @param isEdited whether it says it was edited
   * @param audience in a word
   * @param isPublic whether everybody can see it at its address
   * @param isHeldBack whether it is addressed to everybody, but something keeps it from them
   * @param isReply whether it answers something
   * @param media how many pictures and films
   * @param language tag; empty for none
   * @param body the words, clean
   */
  record Line(
      String console,
      String page,
      WrittenTime written,
      boolean isEdited,
      String audience,
      boolean isPublic,
      boolean isHeldBack,
      boolean isReply,
      int media,
      String language,
      SafeHtml body) {}
}
