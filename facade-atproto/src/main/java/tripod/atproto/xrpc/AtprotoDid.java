package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.route.RequestPod;

/** {@code /.well-known/atproto-did} on a pod's host: the identity behind a handle. */
final class AtprotoDid implements Handler {
  @Override
  public void handle(Context context) {
    Optional<Account> account = RequestPod.find(context).filter(Account::isActive);
    context.header("Access-Control-Allow-Origin", "*");
    context.contentType("text/plain; charset=utf-8");
    if (account.isEmpty()) {
      context.status(404);
      context.result("User not found");
    } else {
      context.result(account.get().did().value());
    }
  }
}
