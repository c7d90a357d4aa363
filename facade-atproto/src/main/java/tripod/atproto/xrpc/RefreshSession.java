package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.Sessions;

/** {@code com.atproto.server.refreshSession}. */
final class RefreshSession implements Handler {
  private final Sessions sessions;

  RefreshSession(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public void handle(Context context) {
    Sessions.Session session = sessions.refresh(Authentication.bearer(context));
    Answer.json(context, out -> AccountFields.session(session, out));
  }
}
