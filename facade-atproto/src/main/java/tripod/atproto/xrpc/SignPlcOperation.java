package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.atproto.json.RecordJson;
import tripod.identity.Account;
import tripod.identity.did.IdentityChanges;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagFields;

/**
 * {@code com.atproto.identity.signPlcOperation}: signs a change of an identity, sends nothing
 * (atproto.md 4.7). What the request does not name stays as it is.
 */
final class SignPlcOperation implements Handler {
  private final Authentication authentication;
  private final MailCodes codes;
  private final IdentityChanges changes;

  SignPlcOperation(Authentication authentication, MailCodes codes, IdentityChanges changes) {
    this.authentication = authentication;
    this.codes = codes;
    this.changes = changes;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.leaving(context).identity("*").notApp().account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    String code =
        Request.optional(body, "token")
            .orElseThrow(
                () ->
                    XrpcFailure.invalid(
                        "email confirmation token required to sign PLC operations"));
    codes.use(account.pod(), MailCodes.Purpose.PLC_OPERATION, code);
    DagFields operation = PlcJson.fields(changes.sign(account, PlcJson.of(body)));
    Answer.json(
        context,
        out -> {
          out.writeFieldName("operation");
          RecordJson.write(operation, out);
        });
  }
}
