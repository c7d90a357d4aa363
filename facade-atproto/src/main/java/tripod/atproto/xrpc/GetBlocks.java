package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashSet;
import java.util.Set;
import tripod.atproto.repo.CarWriter;
import tripod.atproto.repo.RepoExport;
import tripod.identity.Account;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

/** {@code com.atproto.sync.getBlocks}. */
final class GetBlocks implements Handler {
  /** Most blocks of one call. */
  private static final int BLOCKS_MAX = 500;

  private final RepoExport exports;
  private final Repos repos;

  GetBlocks(RepoExport exports, Repos repos) {
    this.exports = exports;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.available(context);
    Set<Cid> cids = new LinkedHashSet<>();
    for (String text : context.queryParams("cids")) {
      cids.add(Request.cid(text));
    }
    if (cids.isEmpty() || cids.size() > BLOCKS_MAX) {
      throw XrpcFailure.invalid("cids must name 1 to " + BLOCKS_MAX + " blocks");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(8 * 1024);
    try {
      exports.writeBlocks(account.pod(), cids, out);
    } catch (PodFailure.NotFound e) {
      throw XrpcFailure.of("BlockNotFound", "Could not find " + e.getMessage());
    }
    Answer.binary(context, CarWriter.MEDIA_TYPE);
    context.result(out.toByteArray());
  }
}
