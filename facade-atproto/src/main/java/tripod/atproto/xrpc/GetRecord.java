package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.json.BlockJson;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.podstore.PodStore;
import tripod.podstore.social.RecordName;

/** {@code com.atproto.repo.getRecord}. */
final class GetRecord implements Handler {
  private final PodStore store;
  private final Repos repos;
  private final Takedowns takedowns;

  GetRecord(PodStore store, Repos repos, Takedowns takedowns) {
    this.store = store;
    this.repos = repos;
    this.takedowns = takedowns;
  }

  @Override
  public void handle(Context context) {
    RecordName name = Request.record(context);
    Account account = repos.readable(context);
    Optional<String> cid = Request.optional(context, "cid");
    RepoView.RepoRecord record =
        store
            .read(account.pod(), reader -> RepoView.of(reader).record(name))
            // SEC-74: out of sight, though still in the tree.
            .filter(
                found -> !takedowns.of(account.pod()).paths().contains(found.leaf().path().value()))
            .filter(found -> cid.isEmpty() || cid.get().equals(found.leaf().cid().toString()))
            .orElseThrow(
                () ->
                    XrpcFailure.of(
                        "RecordNotFound", "Could not locate record: " + name.uri(account.did())));
    Answer.json(
        context,
        out -> {
          out.writeStringField("uri", name.uri(account.did()).toString());
          out.writeStringField("cid", record.leaf().cid().toString());
          out.writeFieldName("value");
          BlockJson.write(record.block(), out);
        });
  }
}
