package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.podstore.PodStore;
import tripod.syntax.Nsid;

/** {@code com.atproto.repo.describeRepo}. */
final class DescribeRepo implements Handler {
  private static final JsonMapper JSON = new JsonMapper();

  private final PodStore store;
  private final Repos repos;
  private final DidResolver dids;

  DescribeRepo(PodStore store, Repos repos, DidResolver dids) {
    this.store = store;
    this.repos = repos;
    this.dids = dids;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.readable(context);
    List<Nsid> collections = store.read(account.pod(), reader -> RepoView.of(reader).collections());
    Optional<DidDocument> document = dids.resolve(account.did());
    boolean isCorrect =
        document.flatMap(DidDocument::handle).filter(account.handle()::equals).isPresent();
    Answer.json(
        context,
        out -> {
          out.writeStringField("handle", account.handle().value());
          out.writeStringField("did", account.did().value());
          out.writeFieldName("didDoc");
          if (document.isPresent()) {
            out.writeRawValue(JSON.writeValueAsString(document.get().json()));
          } else {
            out.writeStartObject();
            out.writeEndObject();
          }
          out.writeArrayFieldStart("collections");
          for (Nsid collection : collections) {
            out.writeString(collection.value());
          }
          out.writeEndArray();
          out.writeBooleanField("handleIsCorrect", isCorrect);
        });
  }
}
