package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.AppPasswords;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.createAppPassword}. */
final class CreateAppPassword implements Handler {
  private final AppPasswords passwords;
  private final Authentication authentication;

  CreateAppPassword(AppPasswords passwords, Authentication authentication) {
    this.passwords = passwords;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.active(context).full();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    AppPasswords.Made made =
        passwords.create(
            caller.account().pod(),
            Request.text(body, "name"),
            Request.truth(body, "privileged").orElse(false));
    Answer.json(
        context,
        out -> {
          out.writeStringField("name", made.name());
          out.writeStringField("password", made.password().reveal());
          out.writeStringField("createdAt", made.created().toString());
          out.writeBooleanField("privileged", made.privileged());
        });
  }
}
