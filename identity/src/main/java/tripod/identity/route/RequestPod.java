package tripod.identity.route;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;

/** Whose host a request came to, as the router found out before the handler runs. */
public final class RequestPod {
  private static final String ATTRIBUTE = "tripod.request.pod";

  private RequestPod() {}

  /** Notes the account; the router's business alone. */
  public static void set(Context context, Account account) {
    context.attribute(ATTRIBUTE, account);
  }

  /**
   * Returns the account whose host was asked.
   *
   * @throws IdentityFailure.NotFound on the service's own host
   */
  public static Account account(Context context) {
    return find(context).orElseThrow(() -> new IdentityFailure.NotFound("no pod on this host"));
  }

  /** Returns the account whose host was asked, if it was a pod's. */
  public static Optional<Account> find(Context context) {
    return Optional.ofNullable(context.attribute(ATTRIBUTE));
  }
}
