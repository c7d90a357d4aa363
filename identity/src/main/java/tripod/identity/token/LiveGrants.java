package tripod.identity.token;

/** Says whether what somebody once allowed an app still holds, so that revoking cuts at once. */
@FunctionalInterface
public interface LiveGrants {
  /** There are none. */
  LiveGrants NONE = id -> false;

  /** Says whether a grant was neither revoked nor has ended. */
  boolean isLive(String grantId);
}
