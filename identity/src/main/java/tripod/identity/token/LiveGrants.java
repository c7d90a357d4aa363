package tripod.identity.token;

import java.util.function.Consumer;

/** Says whether what somebody once allowed an app still holds, so that revoking cuts at once. */
public interface LiveGrants {
  /** There are none. */
  LiveGrants NONE =
      new LiveGrants() {
        @Override
        public boolean isLive(String grantId) {
          return false;
        }

        @Override
        public void onRevoked(Consumer<String> listener) {
          // nothing can be revoked
        }
      };

  /** Says whether a grant was neither revoked nor has ended. */
  boolean isLive(String grantId);

  /** Asks to be told the id of each grant that is revoked, once it no longer {@link #isLive}. */
  void onRevoked(Consumer<String> listener);

  /** Returns what holds here or there. */
  default LiveGrants or(LiveGrants other) {
    LiveGrants here = this;
    return new LiveGrants() {
      @Override
      public boolean isLive(String grantId) {
        return here.isLive(grantId) || other.isLive(grantId);
      }

      @Override
      public void onRevoked(Consumer<String> listener) {
        here.onRevoked(listener);
        other.onRevoked(listener);
      }
    };
  }
}
