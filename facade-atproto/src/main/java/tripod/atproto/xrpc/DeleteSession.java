package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.Sessions;

/** {@code com.atproto.server.deleteSession}. */
final class DeleteSession implements Handler {
  private final Sessions sessions;

  DeleteSession(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void handle(Context context) {
    sessions.end(Authentication.bearer(context));
    context.status(200);
  }
}
