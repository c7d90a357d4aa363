package tripod.activitypub.visitor;

import io.javalin.http.Context;
import tripod.activitypub.activity.ActivityFailure;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.route.RequestPod;

/** The account whose host was asked, as long as it may be seen. */
public final class ActiveAccount {
  private ActiveAccount() {}

  /**
   * Requires an account that may be seen. What only sleeps or was taken down is never called gone,
   * since peers would forget it and it may come back.
   */
  public static void require(Account account) {
    if (account.state() == Account.State.DELETED) {
      throw new IdentityFailure.Gone("this account is gone");
    }
    if (account.state() == Account.State.TAKENDOWN) {
      throw new ActivityFailure.Missing("there is nobody here"); // SEC-74
    }
    if (!account.isActive()) {
      throw new IdentityFailure.Inactive(account.state());
    }
  }

  /** Returns the account of the host that was asked, if it may be seen. */
  public static Account of(Context request) {
    Account account = RequestPod.account(request);
    require(account);
    return account;
  }
}
