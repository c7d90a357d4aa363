package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.atproto.json.RecordJson;
import tripod.identity.token.Grant;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/**
 * {@code app.bsky.actor.getPreferences}: private, kept here, and never sent on (atproto.md 4.9).
 */
final class GetPreferences implements Handler {
  private final PodStore store;
  private final Authentication authentication;

  GetPreferences(PodStore store, Authentication authentication) {
    this.store = store;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller =
        authentication.leaving(context).rpcHere("app.bsky.actor.getPreferences");
    boolean isOwner = caller.grant().isFull() || caller.grant().kind() == Grant.Kind.TAKENDOWN;
    var preferences =
        store.read(
            caller.account().pod(),
            reader -> Preferences.read(reader.partition(Preferences.PARTITION)));
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("preferences");
          for (DagValue preference : preferences) {
            if (isOwner || !Preferences.isPersonal((DagFields) preference)) {
              RecordJson.write(preference, out);
            }
          }
          out.writeEndArray();
        });
  }
}
