package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tripod.identity.Account;
import tripod.identity.Invites;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.admin.disableInviteCodes}: single codes, or all of some accounts. */
final class DisableInviteCodes implements Handler {
  private final Invites invites;
  private final AccountViews views;

  DisableInviteCodes(Invites invites, AccountViews views) {
    this.invites = invites;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    List<String> whose = Request.texts(body, "accounts");
    if (whose.contains("admin")) {
      throw XrpcFailure.invalid("cannot disable admin invite codes");
    }
    invites.disable(
        Request.texts(body, "codes"),
        whose.stream().map(views::account).map(Account::pod).toList());
    context.status(200);
  }
}
