package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Secret;
import tripod.identity.token.Sessions;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.createSession}. */
final class CreateSession implements Handler {
  /** Longest password that is looked at, in characters. */
  private static final int PASSWORD_CHARS_MAX = 512;

  private final Sessions sessions;

  CreateSession(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    String identifier = Request.text(body, "identifier");
    String password = Request.text(body, "password");
    if (password.length() > PASSWORD_CHARS_MAX) {
      throw new XrpcFailure(401, "AuthenticationRequired", "Password too long");
    }
    Sessions.Session session =
        sessions.signIn(
            identifier, Secret.of(password), Request.truth(body, "allowTakendown").orElse(false));
    Answer.json(context, out -> AccountFields.session(session, out));
  }
}
