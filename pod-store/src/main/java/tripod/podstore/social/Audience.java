package tripod.podstore.social;

/** Who something is addressed to, widest first (mapping note, section 6). */
public enum Audience {
  /** Everybody, and shown everywhere. */
  PUBLIC,
  /** Everybody who has the address, and no list shows it; not written to ATProto (VIS-3). */
  UNLISTED,
  /** The author's followers. */
  FOLLOWERS,
  /** The agents named. */
  DIRECT,
  /** The author alone. */
  OWNER;

  /** Says whether the addressing lets everybody see it. */
  public boolean isOpen() {
    return this == PUBLIC || this == UNLISTED;
  }
}
