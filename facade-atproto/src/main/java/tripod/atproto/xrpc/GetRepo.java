package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import tripod.atproto.repo.CarWriter;
import tripod.atproto.repo.RepoExport;
import tripod.identity.Account;
import tripod.syntax.Tid;

/** {@code com.atproto.sync.getRepo}. */
final class GetRepo implements Handler {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final RepoExport exports;
  private final Repos repos;

  GetRepo(RepoExport exports, Repos repos) {
    this.exports = exports;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) throws IOException {
    Account account = repos.available(context);
    Optional<Tid> since = Request.optional(context, "since").map(Tid::new);
    Answer.binary(context, CarWriter.MEDIA_TYPE);
    OutputStream out = new BufferedOutputStream(context.outputStream(), BUFFER_BYTES);
    if (since.isPresent()) {
      exports.writeSince(account.pod(), since.get(), out);
    } else {
      exports.write(account.pod(), out);
    }
    out.flush();
  }
}
