package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/** {@code app.bsky.actor.putPreferences}. */
final class PutPreferences implements Handler {
  private final PodStore store;
  private final Authentication authentication;

  PutPreferences(PodStore store, Authentication authentication) {
    this.store = store;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller =
        authentication.caller(context).rpcHere("app.bsky.actor.putPreferences");
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    boolean isFull = caller.grant().isFull();
    List<DagValue> sent = Preferences.checked(body, isFull);
    store.write(
        caller.account().pod(),
        writer -> {
          var rows = writer.partition(Preferences.PARTITION);
          List<DagValue> all = new ArrayList<>(sent);
          if (!isFull) {
            // What the caller may not see stays.
            Preferences.read(rows).stream()
                .filter(value -> Preferences.isPersonal((DagFields) value))
                .forEach(all::add);
          }
          Preferences.write(rows, all);
          return all.size();
        });
    context.status(200);
  }
}
