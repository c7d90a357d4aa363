package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.ObjectView;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/**
 * Reads the public outbox out of the containers, newest first.
 *
 * <p>Names are TIDs, so the order of names is the order of time, and a name is a cursor.
 */
final class OutboxPages {
  /** Most activities on a page. */
  static final int PAGE = 20;

  /** Most members that are looked at for one page, where many are not public. */
  private static final int LOOKED_AT_MAX = 500;

  private static final List<PodPath> CONTAINERS =
      List.of(SocialPaths.POSTS, SocialPaths.ANNOUNCES, SocialPaths.ARTICLES, SocialPaths.EVENTS);

  private final ObjectView objects;

  OutboxPages(ObjectView objects) {
    this.objects = objects;
  }

  /**
   * One page.
   *
   * @param activities newest first
   * @param next the name to go on behind; empty on the last page
   */
  record Page(List<ObjectNode> activities, Optional<String> next) {}

  Page page(PodReader view, PodNames names, Optional<String> before) {
    List<ObjectNode> found = new ArrayList<>();
    Optional<String> cursor = before;
    int looked = 0;
    while (looked < LOOKED_AT_MAX) {
      List<Resource> candidates = candidates(view, cursor);
      if (candidates.isEmpty()) {
        return new Page(found, Optional.empty());
      }
      for (Resource candidate : candidates) {
        looked++;
        cursor = Optional.of(candidate.path().name());
        activity(view, candidate, names).ifPresent(found::add);
        if (found.size() == PAGE) {
          boolean more = !candidates(view, cursor).isEmpty();
          return new Page(found, more ? cursor : Optional.empty());
        }
      }
    }
    return new Page(found, cursor);
  }

  /** Returns the newest members behind a name of all containers together. */
  private static List<Resource> candidates(PodReader view, Optional<String> before) {
    List<Resource> all = new ArrayList<>();
    for (PodPath container : CONTAINERS) {
      all.addAll(members(view, container, before));
    }
    all.sort(Comparator.comparing((Resource r) -> r.path().name()).reversed());
    return all.size() > PAGE ? all.subList(0, PAGE) : all;
  }

  private static List<Resource> members(
      PodReader view, PodPath container, Optional<String> before) {
    try {
      return view.members(container, before, true, PAGE).stream()
          .filter(member -> !member.path().isContainer())
          .toList();
    } catch (PodFailure.NotFound e) {
      return List.of(); // nothing of that kind was ever posted
    }
  }

  private Optional<ObjectNode> activity(PodReader view, Resource resource, PodNames names) {
    Optional<ObjectView.Seen> seen;
    try {
      seen = objects.see(view, resource, names);
    } catch (PodFailure.Invalid e) {
      return Optional.empty(); // what cannot be read cannot be shown
    }
    return seen.filter(ObjectView.Seen::isListed)
        .map(
            shown ->
                shown.social() instanceof Social.Repost
                    ? shown.object()
                    : Activities.create(shown.object(), names));
  }

  /**
   * Returns how many posts and boosts there are; private posts count, as nothing tells them apart.
   * A boost counts only where it can be shown: what it names may have no address in the fediverse.
   * Of members with more than {@value #LOOKED_AT_MAX} boosts the older ones count unseen.
   */
  long total(PodReader view, PodNames names) {
    long total = 0;
    for (PodPath container : CONTAINERS) {
      total += view.get(container).isPresent() ? view.memberCount(container) : 0;
    }
    return total - hiddenBoosts(view, names);
  }

  private long hiddenBoosts(PodReader view, PodNames names) {
    try {
      return view.members(SocialPaths.ANNOUNCES, Optional.empty(), true, LOOKED_AT_MAX).stream()
          .filter(boost -> activity(view, boost, names).isEmpty())
          .count();
    } catch (PodFailure.NotFound e) {
      return 0; // nothing was ever boosted
    }
  }
}
