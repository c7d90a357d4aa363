package tripod.solid.acl;

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Agent;
import tripod.podstore.EffectiveAcl;
import tripod.syntax.AccessMode;
import tripod.syntax.PodNames;

/** Asks the one decider for the Solid door, and refuses with {@link Denied}. */
public final class AccessGate {
  private final AccessDecider decider;

  /** Makes a gate. */
  public AccessGate(AccessDecider decider) {
    this.decider = decider;
  }

  /** Returns what an agent may do by the rules that count. */
  public Set<AccessMode> modes(PodNames names, EffectiveAcl acl, Agent agent) {
    return decider.modes(names, acl.rules(), agent);
  }

  /**
   * Lets an agent through that has all of the modes.
   *
   * @throws Denied otherwise
   */
  public void require(
      PodNames names, EffectiveAcl acl, Agent agent, Collection<AccessMode> wanted) {
    if (!modes(names, acl, agent).containsAll(wanted)) {
      throw new Denied(!agent.isAuthenticated());
    }
  }

  /** The same for one mode. */
  public void require(PodNames names, EffectiveAcl acl, Agent agent, AccessMode wanted) {
    require(names, acl, agent, List.of(wanted));
  }

  /**
   * Returns the value of {@code WAC-Allow} for a resource or its description.
   *
   * @param user what this agent may do
   */
  public String wacAllow(PodNames names, EffectiveAcl acl, Set<AccessMode> user) {
    return header(user, modes(names, acl, Agent.ANYONE));
  }

  /** The same for an access list, which is open to whoever has Control and to nobody else. */
  public String wacAllowOfAcl(PodNames names, EffectiveAcl acl, Set<AccessMode> user) {
    return header(ofAcl(user), ofAcl(modes(names, acl, Agent.ANYONE)));
  }

  private static Set<AccessMode> ofAcl(Set<AccessMode> modes) {
    return modes.contains(AccessMode.CONTROL)
        ? EnumSet.allOf(AccessMode.class)
        : EnumSet.noneOf(AccessMode.class);
  }

  /** WAC 1.0 section "wac-allow": groups in quotation marks, modes in lower case. */
  private static String header(Set<AccessMode> user, Set<AccessMode> everybody) {
    return "user=\"" + words(user) + "\",public=\"" + words(everybody) + '"';
  }

  private static String words(Set<AccessMode> modes) {
    StringBuilder words = new StringBuilder();
    append(words, modes, AccessMode.READ, "read");
    append(words, modes, AccessMode.WRITE, "write");
    append(words, modes, AccessMode.APPEND, "append");
    append(words, modes, AccessMode.CONTROL, "control");
    return words.toString();
  }

  private static void append(
      StringBuilder words, Set<AccessMode> modes, AccessMode mode, String word) {
    if (modes.contains(mode)) {
      words.append(words.isEmpty() ? "" : " ").append(word);
    }
  }
}
