package tripod.atproto.repo;

/** What the network is told of a repository's account. */
public enum RepoStatus {
  /** It can be read and changes are announced. */
  ACTIVE("active", 0),
  /** Its owner put it to sleep. */
  DEACTIVATED("deactivated", 1),
  /** Its host took it down. */
  TAKENDOWN("takendown", 2),
  /** Its host halted it for a time. */
  SUSPENDED("suspended", 3),
  /** It is gone. */
  DELETED("deleted", 4);

  private final String word;
  private final int code;

  RepoStatus(String word, int code) {
    this.word = word;
    this.code = code;
  }

  /** Returns how a row says it. */
  byte code() {
    return (byte) code;
  }

  static RepoStatus of(byte code) {
    for (RepoStatus status : values()) {
      if (status.code == code) {
        return status;
      }
    }
    throw new IllegalStateException("repository status " + code);
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
