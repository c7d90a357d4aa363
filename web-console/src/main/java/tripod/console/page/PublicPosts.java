package tripod.console.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.PublicResource;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** Finds what strangers may see of a member's posts. */
final class PublicPosts {
  static final int PAGE_SIZE = 20;

  /** Most members that one page looks at, so that a pod of private posts costs no more. */
  static final int LOOKED_AT_MAX = 500;

  private static final int STEP = 50;

  private final Lens lens;
  private final PublicGate gate;

  PublicPosts(Lens lens, PublicGate gate) {
    this.lens = lens;
    this.gate = gate;
  }

  /** Returns the newest listed posts, after a name. */
  Listing list(PodReader view, PodNames names, Optional<String> after) {
    List<PublicResource> found = new ArrayList<>();
    Optional<String> from = after;
    for (int looked = 0; looked < LOOKED_AT_MAX; looked += STEP) {
      List<Resource> members = view.members(SocialPaths.POSTS, from, true, STEP);
      for (Resource member : members) {
        Optional<PublicResource> open = admit(view, names, member);
        if (open.isPresent() && open.get().isListed()) {
          if (found.size() == PAGE_SIZE) {
            return new Listing(found, Optional.of(found.getLast().resource().path().name()));
          }
          found.add(open.get());
        }
      }
      if (members.size() < STEP) {
        return new Listing(found, Optional.empty());
      }
      from = Optional.of(members.getLast().path().name());
    }
    return new Listing(found, from);
  }

  /** Lets one post through, or not. */
  Optional<PublicResource> admit(PodReader view, PodNames names, Resource resource) {
    try {
      return lens.read(resource, names)
          .filter(Social.Post.class::isInstance)
          .flatMap(social -> gate.admit(view, resource, social));
    } catch (PodFailure.Invalid unreadable) {
      return Optional.empty();
    }
  }

  /** Returns the member's profile, as far as it is public. */
  Optional<Social.Profile> profile(PodReader view, PodNames names) {
    try {
      return view.get(SocialPaths.CARD)
          .flatMap(
              card ->
                  lens.read(card, names)
                      .filter(Social.Profile.class::isInstance)
                      .flatMap(social -> gate.admit(view, card, social))
                      .map(PublicResource::social)
                      .map(Social.Profile.class::cast));
    } catch (PodFailure.Invalid unreadable) {
      return Optional.empty();
    }
  }

  /** Posts for one page, and the name to go on behind. */
  record Listing(List<PublicResource> posts, Optional<String> more) {}
}
