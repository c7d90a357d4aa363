package tripod.atproto.repo;

/** What the network is told of a repository's account. */
public enum RepoStatus {
  /** It can be read and changes are announced. */
  ACTIVE("active"),
  /** Its owner put it to sleep. */
  DEACTIVATED("deactivated"),
  /** Its host took it down. */
  TAKENDOWN("takendown"),
  /** Its host halted it for a time. */
  SUSPENDED("suspended"),
  /** It is gone. */
  DELETED("deleted");

  private final String word;

  RepoStatus(String word) {
    this.word = word;
  }

  /** Returns the word on the wire; an active account has none there. */
  public String word() {
    return word;
  }

  /** Says whether the account is active. */
  public boolean isActive() {
    return this == ACTIVE;
  }
}
