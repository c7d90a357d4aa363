package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code _health}, by which tools tell what answers. */
final class Health implements Handler {
  private final String version;

  Health(String version) {
    this.version = version;
  }

  @Override
  public void handle(Context context) {
    Answer.json(context, out -> out.writeStringField("version", version));
  }
}
