package tripod.identity.access;

/** Answers who is in a group that a rule names (SEC-71). */
@FunctionalInterface
public interface Groups {
  /** No group has members. */
  Groups NONE = (group, member) -> false;

  /**
   * Says whether the group's document lists a member; false when it cannot be had.
   *
   * @param group the IRI in the rule
   * @param member an IRI of the agent
   */
  boolean contains(String group, String member);
}
