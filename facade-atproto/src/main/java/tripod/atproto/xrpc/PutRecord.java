package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.repo.RepoLeaf;
import tripod.identity.Account;
import tripod.identity.scope.Permission;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;

/** {@code com.atproto.repo.putRecord}. */
final class PutRecord implements Handler {
  private final RepoWrites writes;
  private final WriteRate rate;

  PutRecord(RepoWrites writes, WriteRate rate) {
    this.writes = writes;
    this.rate = rate;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, RepoWrites.BODY_BYTES_MAX);
    RecordName name = Request.record(body);
    Account author =
        writes
            .author(context, body)
            .repo(name.collection(), Permission.Action.CREATE)
            .repo(name.collection(), Permission.Action.UPDATE)
            .account();
    rate.take(context, author, WriteRate.points(Permission.Action.UPDATE));
    NewRecord record =
        NewRecord.of(
            writes.rules(Request.truth(body, "validate")), name, RepoWrites.record(body, "record"));
    var written =
        writes.write(
            author,
            body,
            session -> {
              Optional<RepoLeaf> before = session.leaf(name);
              checkSwap(body, before.map(RepoLeaf::cid));
              // What is there already needs no commit.
              if (before.isEmpty() || !before.get().cid().equals(record.cid())) {
                session.put(record);
              }
              return record;
            });
    Answer.json(
        context,
        out -> {
          out.writeStringField("uri", name.uri(author.did()).toString());
          out.writeStringField("cid", record.cid().toString());
          if (written.commit().isPresent()) {
            RepoWrites.commit(out, written.commit().get());
          }
          if (record.status().isPresent()) {
            out.writeStringField("validationStatus", record.status().get());
          }
        });
  }

  /** A null asks that there be no record, a CID that there be this one (atproto.md 6.3). */
  private static void checkSwap(DagFields body, Optional<Cid> before) {
    DagValue swap = body.find("swapRecord");
    if (swap == null) {
      return;
    }
    boolean right =
        swap instanceof DagScalar.Null
            ? before.isEmpty()
            : before.map(Cid::toString).equals(swap.asText());
    if (!right) {
      throw XrpcFailure.of(
          "InvalidSwap", "Record was at " + before.map(Cid::toString).orElse("null"));
    }
  }
}
