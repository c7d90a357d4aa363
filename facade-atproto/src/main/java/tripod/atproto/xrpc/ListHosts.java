package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code com.atproto.sync.listHosts}: a list of one. */
final class ListHosts implements Handler {
  private static final int LIMIT = 200;
  private static final int LIMIT_MAX = 1000;

  private final GetHostStatus own;

  ListHosts(GetHostStatus own) {
    this.own = own;
  }

  @Override
  public void handle(Context context) {
    Request.limit(context, LIMIT_MAX, LIMIT);
    boolean isBehind = Request.optional(context, "cursor").isPresent();
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("hosts");
          if (!isBehind) {
            out.writeStartObject();
            own.write(out);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
