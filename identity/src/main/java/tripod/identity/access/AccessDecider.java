package tripod.identity.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;
import tripod.syntax.PodNames;

/**
 * Decides what an agent may do by the rules that count for a resource (SEC-70).
 *
 * <p>The owner of a pod has no power but what rules give; but a rule that names one of the owner's
 * names means the person, by whichever name they came in.
 *
 * @see <a href="https://solidproject.org/TR/2024/wac-20240512#authorization-evaluation">Web Access
 *     Control: authorization evaluation</a>
 */
public final class AccessDecider {
  /** Scheme of the pod's own IRIs in rules, followed by a path. */
  private static final String POD = "pod:";

  private final Groups groups;

  /** Decides with groups looked up by {@code groups}. */
  public AccessDecider(Groups groups) {
    this.groups = groups;
  }

  /**
   * Returns the modes an agent has.
   *
   * @param owner whose pod it is
   * @param rules the rules that count: of the nearest list alone, and of that only those that speak
   *     of the resource
   * @param agent who asks
   */
  public Set<AccessMode> modes(PodNames owner, List<AccessRule> rules, Agent agent) {
    Set<String> names = names(owner, agent);
    boolean originCounts =
        agent.origin().isPresent() && rules.stream().anyMatch(rule -> !rule.origins().isEmpty());
    Set<AccessMode> open = EnumSet.noneOf(AccessMode.class);
    Set<AccessMode> byAgent = EnumSet.noneOf(AccessMode.class);
    Set<AccessMode> byOrigin = EnumSet.noneOf(AccessMode.class);
    for (AccessRule rule : rules) {
      if (!rule.onTarget() && !rule.onMembers()) {
        continue;
      }
      if (rule.everyone()) {
        add(open, rule);
      } else if (!byAgent.containsAll(rule.modes()) && matches(owner, rule, agent, names)) {
        add(byAgent, rule);
      }
      if (originCounts && rule.origins().contains(agent.origin().orElseThrow())) {
        add(byOrigin, rule);
      }
    }
    if (originCounts) {
      // WAC 1.0 section "Origin considerations": agent and origin must both be authorized, but for
      // what is open to everybody. A list that names no origin does not ask for one.
      byAgent.retainAll(byOrigin);
    }
    open.addAll(byAgent);
    return open;
  }

  /** WAC 1.0 section "Access Modes": append is a part of write. */
  private static void add(Set<AccessMode> modes, AccessRule rule) {
    modes.addAll(rule.modes());
    if (rule.modes().contains(AccessMode.WRITE)) {
      modes.add(AccessMode.APPEND);
    }
  }

  /** Says whether an agent has one mode. */
  public boolean allows(PodNames owner, List<AccessRule> rules, Agent agent, AccessMode mode) {
    return modes(owner, rules, agent).contains(mode);
  }

  private boolean matches(PodNames owner, AccessRule rule, Agent agent, Set<String> names) {
    if (rule.authenticated() && agent.isAuthenticated()) {
      return true;
    }
    for (String name : names) {
      if (rule.agents().contains(name)) {
        return true;
      }
    }
    for (String group : rule.groups()) {
      for (String name : names) {
        if (groups.contains(inFull(owner, group), name)) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> names(PodNames owner, Agent agent) {
    Set<String> names = agent.names().collect(Collectors.toSet());
    if (names.isEmpty()) {
      return names; // nobody in particular, whom nearly every question is about
    }
    String webId = owner.webId().value();
    String actor = owner.actor().value();
    String did = owner.did().value();
    if (names.contains(webId) || names.contains(actor) || names.contains(did)) {
      names.add(webId);
      names.add(actor);
      names.add(did);
    }
    // The store keeps a pod's own IRIs without their domain (mapping note NAM-1).
    for (String name : List.copyOf(names)) {
      owner.path(name).ifPresent(path -> names.add(POD + path));
    }
    return names;
  }

  private static String inFull(PodNames owner, String iri) {
    return iri.startsWith(POD) ? owner.origin() + iri.substring(POD.length()) : iri;
  }
}
