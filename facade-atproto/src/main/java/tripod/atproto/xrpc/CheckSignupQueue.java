package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code com.atproto.temp.checkSignupQueue}: nobody waits here. */
final class CheckSignupQueue implements Handler {
  private final Authentication authentication;

  CheckSignupQueue(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    authentication.caller(context);
    Answer.json(context, out -> out.writeBooleanField("activated", true));
  }
}
