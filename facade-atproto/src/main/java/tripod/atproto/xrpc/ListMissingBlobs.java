package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import tripod.atproto.repo.RepoImport;
import tripod.identity.Account;
import tripod.syntax.Cid;

/** {@code com.atproto.repo.listMissingBlobs}. */
final class ListMissingBlobs implements Handler {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1000;

  private final RepoImport imports;
  private final Authentication authentication;

  ListMissingBlobs(RepoImport imports, Authentication authentication) {
    this.imports = imports;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).account();
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    Optional<Cid> cursor = Request.optional(context, "cursor").map(Request::cid);
    List<RepoImport.MissingBlob> missing = imports.missingBlobs(account.pod(), cursor, limit);
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("blobs");
          for (RepoImport.MissingBlob blob : missing) {
            out.writeStartObject();
            out.writeStringField("cid", blob.cid().toString());
            out.writeStringField("recordUri", blob.record().uri(account.did()).toString());
            out.writeEndObject();
          }
          out.writeEndArray();
          if (missing.size() == limit) {
            out.writeStringField("cursor", missing.getLast().cid().toString());
          }
        });
  }
}
