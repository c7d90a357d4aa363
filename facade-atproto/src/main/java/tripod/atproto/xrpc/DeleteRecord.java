package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.repo.RepoLeaf;
import tripod.identity.Account;
import tripod.identity.scope.Permission;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.RecordName;

/** {@code com.atproto.repo.deleteRecord}. */
final class DeleteRecord implements Handler {
  private final RepoWrites writes;
  private final WriteRate rate;

  DeleteRecord(RepoWrites writes, WriteRate rate) {
    this.writes = writes;
    this.rate = rate;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, RepoWrites.BODY_BYTES_MAX);
    RecordName name = Request.record(body);
    Account author =
        writes.author(context, body).repo(name.collection(), Permission.Action.DELETE).account();
    rate.take(context, author, WriteRate.points(Permission.Action.DELETE));
    Optional<String> swap = Request.optional(body, "swapRecord");
    var written =
        writes.write(
            author,
            body,
            session -> {
              Optional<RepoLeaf> before = session.leaf(name);
              if (swap.isPresent() && !before.map(leaf -> leaf.cid().toString()).equals(swap)) {
                throw XrpcFailure.of(
                    "InvalidSwap",
                    "Record was at " + before.map(leaf -> leaf.cid().toString()).orElse("null"));
              }
              return before.isPresent() && session.delete(name);
            });
    Answer.json(
        context,
        out -> {
          if (written.commit().isPresent()) {
            RepoWrites.commit(out, written.commit().get());
          }
        });
  }
}
