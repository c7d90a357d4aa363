package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.AppPasswords;

/** {@code com.atproto.server.revokeAppPassword}. */
final class RevokeAppPassword implements Handler {
  private final AppPasswords passwords;
  private final Authentication authentication;

  RevokeAppPassword(AppPasswords passwords, Authentication authentication) {
    this.passwords = passwords;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.active(context).notOauth();
    String name = Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "name");
    passwords.revoke(caller.account().pod(), name);
    context.status(200);
  }
}
