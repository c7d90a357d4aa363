package tripod.podstore;

/** Which graph of a resource is meant: itself, or one of its auxiliary graphs. */
public enum Aspect {
  /** The resource itself. */
  SELF(""),
  /** Who may do what with it; absent when it inherits. */
  ACL(".acl"),
  /** Its description: what is said about it and is not in it. */
  META(".meta"),
  /** The exact record, where it is in the repository and the resource itself is in another form. */
  NATIVE(".atproto"),
  /** What one view of a social resource has and another cannot show. */
  ASIDE(".aside");

  private final String suffix;

  Aspect(String suffix) {
    this.suffix = suffix;
  }

  /** Returns the suffix of the auxiliary resource's path; empty for the resource itself. */
  public String suffix() {
    return suffix;
  }
}
