package tripod.activitypub.actor;

import tripod.activitypub.activity.ActivityFailure;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;

/** Whether strangers may see anything of an account. */
public final class Visibility {
  private Visibility() {}

  /**
   * Requires an account that may be seen. What only sleeps or was taken down is never called gone,
   * since peers would forget it and it may come back.
   */
  public static void require(Account account) {
    switch (account.state()) {
      case ACTIVE -> {}
      case DELETED -> throw new IdentityFailure.Gone("this account is gone");
      case TAKENDOWN -> throw new ActivityFailure.Missing("there is nobody here"); // SEC-74
      case DEACTIVATED, SUSPENDED -> throw new IdentityFailure.Inactive(account.state());
    }
  }
}
