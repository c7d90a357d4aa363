package tripod.activitypub.outbox;

import io.javalin.http.Context;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.route.RequestPod;

/** The account whose host was asked, as long as it may be seen. */
final class ActiveAccount {
  private ActiveAccount() {}

  static Account of(Context request) {
    Account account = RequestPod.account(request);
    if (!account.isActive()) {
      throw new IdentityFailure.Gone("this account is not active");
    }
    return account;
  }
}
