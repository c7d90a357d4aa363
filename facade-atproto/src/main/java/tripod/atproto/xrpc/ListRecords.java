package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.io.SerializedString;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.atproto.json.BlockJson;
import tripod.atproto.json.RecordJson;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.podstore.PodStore;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** {@code com.atproto.repo.listRecords}. */
final class ListRecords implements Handler {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 100;
  private static final SerializedString URI = new SerializedString("uri");
  private static final SerializedString CID = new SerializedString("cid");
  private static final SerializedString VALUE = new SerializedString("value");

  private final PodStore store;
  private final Repos repos;
  private final Takedowns takedowns;

  ListRecords(PodStore store, Repos repos, Takedowns takedowns) {
    this.store = store;
    this.repos = repos;
    this.takedowns = takedowns;
  }

  @Override
  public void handle(Context context) {
    Nsid collection = Request.collection(context);
    Account account = repos.readable(context);
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    Optional<RecordKey> cursor = Request.optional(context, "cursor").map(Request::rkey);
    boolean oldestFirst = Request.optional(context, "reverse").filter("true"::equals).isPresent();
    Set<String> hidden = takedowns.of(account.pod()).paths();
    List<RepoView.RepoRecord> records =
        store.read(
            account.pod(),
            reader -> page(RepoView.of(reader), collection, cursor, !oldestFirst, limit, hidden));
    String prefix = "at://" + account.did() + "/";
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("records");
          for (RepoView.RepoRecord record : records) {
            out.writeStartObject();
            out.writeFieldName(URI);
            out.writeString(prefix + record.leaf().key());
            out.writeFieldName(CID);
            RecordJson.cid(record.leaf().cid(), out);
            out.writeFieldName(VALUE);
            BlockJson.write(record.block(), out);
            out.writeEndObject();
          }
          out.writeEndArray();
          if (records.size() == limit) {
            String key = records.getLast().leaf().key();
            out.writeStringField("cursor", key.substring(collection.value().length() + 1));
          }
        });
  }

  /** SEC-74: what is out of sight takes no room in a page either. */
  private static List<RepoView.RepoRecord> page(
      RepoView view,
      Nsid collection,
      Optional<RecordKey> after,
      boolean newestFirst,
      int limit,
      Set<String> hidden) {
    if (hidden.isEmpty()) {
      return view.records(collection, after, newestFirst, limit);
    }
    List<RepoView.RepoRecord> shown = new ArrayList<>();
    Optional<RecordKey> behind = after;
    while (shown.size() < limit) {
      List<RepoView.RepoRecord> next =
          view.records(collection, behind, newestFirst, limit - shown.size());
      if (next.isEmpty()) {
        break;
      }
      next.stream()
          .filter(record -> !hidden.contains(record.leaf().path().value()))
          .forEach(shown::add);
      behind = Optional.of(next.getLast().leaf().name().rkey());
    }
    return shown;
  }
}
