package tripod.activitypub.visitor;

import io.javalin.http.Context;
import tripod.activitypub.actor.Visibility;
import tripod.identity.Account;
import tripod.identity.route.RequestPod;

/** The account whose host was asked, as long as it may be seen. */
public final class ActiveAccount {
  private ActiveAccount() {}

  /** Requires an account that may be seen. */
  public static void require(Account account) {
    Visibility.require(account);
  }

  /** Returns the account of the host that was asked, if it may be seen. */
  public static Account of(Context request) {
    Account account = RequestPod.account(request);
    require(account);
    return account;
  }
}
