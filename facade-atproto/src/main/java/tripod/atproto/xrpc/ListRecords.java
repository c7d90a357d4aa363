package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import tripod.atproto.json.RecordJson;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** {@code com.atproto.repo.listRecords}. */
final class ListRecords implements Handler {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 100;

  private final PodStore store;
  private final Repos repos;

  ListRecords(PodStore store, Repos repos) {
    this.store = store;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Nsid collection = Request.collection(context);
    Account account = repos.readable(context);
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    Optional<RecordKey> cursor = Request.optional(context, "cursor").map(Request::rkey);
    boolean oldestFirst = Request.optional(context, "reverse").filter("true"::equals).isPresent();
    List<RepoView.RepoRecord> records =
        store.read(
            account.pod(),
            reader -> RepoView.of(reader).records(collection, cursor, !oldestFirst, limit));
    String prefix = "at://" + account.did() + "/";
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("records");
          for (RepoView.RepoRecord record : records) {
            out.writeStartObject();
            out.writeStringField("uri", prefix + record.leaf().key());
            out.writeStringField("cid", record.leaf().cid().toString());
            out.writeFieldName("value");
            RecordJson.writeBlock(record.block(), out);
            out.writeEndObject();
          }
          out.writeEndArray();
          if (records.size() == limit) {
            String key = records.getLast().leaf().key();
            out.writeStringField("cursor", key.substring(collection.value().length() + 1));
          }
        });
  }
}
