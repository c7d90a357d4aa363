package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Invites;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.createInviteCode}. */
final class CreateInviteCode implements Handler {
  /** Most uses of one code. */
  static final int USES_MAX = 100_000;

  private final Invites invites;
  private final AccountViews views;

  CreateInviteCode(Invites invites, AccountViews views) {
    this.invites = invites;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    int uses = Request.number(body, "useCount", 1, USES_MAX);
    Optional<Account> whose = Request.optional(body, "forAccount").map(views::account);
    String code = invites.create(1, uses, whose.map(Account::pod)).getFirst();
    Answer.json(context, out -> out.writeStringField("code", code));
  }
}
