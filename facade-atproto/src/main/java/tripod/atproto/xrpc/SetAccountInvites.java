package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.AuditLog;
import tripod.identity.Invites;
import tripod.podstore.cbor.DagFields;

/**
 * {@code com.atproto.admin.disableAccountInvites} and {@code enableAccountInvites}, which differ in
 * one bit.
 */
final class SetAccountInvites implements Handler {
  private final Invites invites;
  private final AccountViews views;
  private final AuditLog audit;
  private final boolean allowed;

  SetAccountInvites(Invites invites, AccountViews views, AuditLog audit, boolean allowed) {
    this.invites = invites;
    this.views = views;
    this.audit = audit;
    this.allowed = allowed;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Account account = views.account(Request.text(body, "account"));
    invites.setAllowed(account.pod(), allowed);
    audit.append(
        new AuditLog.Event(
            Optional.of(account.pod()),
            allowed ? "invites.enabled" : "invites.disabled",
            Request.optional(body, "note").orElse(""),
            Optional.empty()));
    context.status(200);
  }
}
