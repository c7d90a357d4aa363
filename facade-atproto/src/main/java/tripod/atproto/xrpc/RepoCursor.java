package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/**
 * Where a list of repositories goes on: behind an account, named by its DID, since the number of
 * its pod is nobody's business.
 */
final class RepoCursor {
  private RepoCursor() {}

  static String of(Account last) {
    return last.did().value();
  }

  static Optional<PodId> after(Context context, Accounts accounts) {
    return Request.optional(context, "cursor")
        .map(
            text ->
                (Did.isValid(text) ? accounts.byDid(new Did(text)) : Optional.<Account>empty())
                    .orElseThrow(() -> XrpcFailure.invalid("Malformed cursor")))
        .map(Account::pod);
  }
}
