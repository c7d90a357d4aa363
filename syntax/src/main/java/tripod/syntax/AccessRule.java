package tripod.syntax;

import java.util.Set;

/**
 * One authorization of an access control list, already bound to the document that holds it.
 *
 * <p>Rules only add; there is no denial. A rule with no subject or no mode grants nothing.
 *
 * @param modes what is allowed
 * @param agents IRIs of single agents: WebIDs, actor ids or DIDs
 * @param groups IRIs of group documents' groups, whose members are allowed
 * @param everyone whether the class of all agents is named
 * @param authenticated whether the class of signed-in agents is named
 * @param origins web origins named; empty when the rule names none
 * @param onTarget whether the rule speaks of the resource whose list this is ({@code acl:accessTo})
 * @param onMembers whether it speaks of what the container holds ({@code acl:default})
 * @see <a href="https://solidproject.org/TR/wac#authorization-rule">Web Access Control</a>
 */
public record AccessRule(
    Set<AccessMode> modes,
    Set<String> agents,
    Set<String> groups,
    boolean everyone,
    boolean authenticated,
    Set<String> origins,
    boolean onTarget,
    boolean onMembers) {
  public AccessRule {
    modes = Set.copyOf(modes);
    agents = Set.copyOf(agents);
    groups = Set.copyOf(groups);
    origins = Set.copyOf(origins);
  }
}
