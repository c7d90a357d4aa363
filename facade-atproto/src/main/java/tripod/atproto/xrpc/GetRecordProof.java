package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayOutputStream;
import tripod.atproto.repo.CarWriter;
import tripod.atproto.repo.RepoExport;
import tripod.identity.Account;
import tripod.podstore.social.RecordName;

/**
 * {@code com.atproto.sync.getRecord}: a record with the proof that it is there, or that it is not.
 */
final class GetRecordProof implements Handler {
  private final RepoExport exports;
  private final Repos repos;

  GetRecordProof(RepoExport exports, Repos repos) {
    this.exports = exports;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    RecordName name = Request.record(context);
    Account account = repos.available(context);
    ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
    exports.writeProof(account.pod(), name, out);
    Answer.binary(context, CarWriter.MEDIA_TYPE);
    context.result(out.toByteArray());
  }
}
