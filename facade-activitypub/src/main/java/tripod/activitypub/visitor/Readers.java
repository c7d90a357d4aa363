package tripod.activitypub.visitor;

import java.util.List;
import tripod.activitypub.actor.Blocks;
import tripod.activitypub.actor.Follower;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Agent;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;
import tripod.syntax.PodNames;

/** Decides who may read a resource, by its access list. */
public final class Readers {
  /** The collection of followers as a list names it that holds no domain. */
  private static final String FOLLOWERS = "pod:/actor/followers";

  private final AccessDecider decider;

  /** Asks the house's one decider. */
  public Readers(AccessDecider decider) {
    this.decider = decider;
  }

  /** Says whether an agent may read a resource. */
  public boolean mayRead(PodReader view, PodNames names, PodPath path, Agent agent) {
    if (agent.actor().filter(actor -> Blocks.isBlocked(view, names, actor)).isPresent()) {
      return false; // SEC-74
    }
    List<AccessRule> rules = view.acl(path).rules();
    return decider.allows(names, rules, agent, AccessMode.READ)
        || (namesFollowers(rules, names) && isFollower(view, agent));
  }

  /** The group of followers is a collection of this door, so its members are known here. */
  private static boolean namesFollowers(List<AccessRule> rules, PodNames names) {
    String followers = names.actor() + "/followers";
    for (AccessRule rule : rules) {
      if (rule.modes().contains(AccessMode.READ)
          && (rule.groups().contains(followers) || rule.groups().contains(FOLLOWERS))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFollower(PodReader view, Agent agent) {
    return agent.actor().flatMap(actor -> Follower.find(view, actor)).isPresent();
  }
}
