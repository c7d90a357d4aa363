package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.did.DidResolver;
import tripod.identity.did.IdentityChanges;
import tripod.identity.key.ReservedKeys;
import tripod.podstore.cbor.DagFields;

/**
 * {@code com.atproto.admin.updateAccountSigningKey}: to a key that was made here by {@code
 * reserveSigningKey}, since of no other the private half is known. First the identity names it,
 * then the repository is signed with it; when that breaks off in between, asking again goes on.
 */
final class UpdateAccountSigningKey implements Handler {
  private final Accounts accounts;
  private final AccountViews views;
  private final Keys keys;

  /** What knows of keys and identities. */
  record Keys(ReservedKeys reserved, IdentityChanges changes, DidResolver dids) {}

  UpdateAccountSigningKey(Accounts accounts, AccountViews views, Keys keys) {
    this.accounts = accounts;
    this.views = views;
    this.keys = keys;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Account account = views.account(Request.text(body, "did"));
    String signingKey = Request.text(body, "signingKey");
    if (!keys.reserved().isReserved(signingKey)) {
      throw XrpcFailure.invalid("signingKey must be a key that was reserved here");
    }
    ObjectNode wanted = JsonNodeFactory.instance.objectNode();
    wanted.putObject("verificationMethods").put("atproto", signingKey);
    keys.changes().submit(account, keys.changes().sign(account, wanted));
    accounts.replaceSigningKey(account.pod(), signingKey);
    keys.dids().refresh(account.did());
    context.status(200);
  }
}
