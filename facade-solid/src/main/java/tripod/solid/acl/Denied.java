package tripod.solid.acl;

/** The agent may not do what it asked for. */
public final class Denied extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean anonymous;

  /**
   * Says no.
   *
   * @param anonymous whether nobody said who they are, so that signing in may help
   */
  public Denied(boolean anonymous) {
    super(anonymous ? "sign in to do this" : "this agent may not do this");
    this.anonymous = anonymous;
  }

  /** Says whether signing in may help. */
  public boolean isAnonymous() {
    return anonymous;
  }
}
