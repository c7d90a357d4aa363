package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.scope.Permission;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.RecordName;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** {@code com.atproto.repo.createRecord}. */
final class CreateRecord implements Handler {
  private final RepoWrites writes;
  private final WriteRate rate;

  CreateRecord(RepoWrites writes, WriteRate rate) {
    this.writes = writes;
    this.rate = rate;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, RepoWrites.BODY_BYTES_MAX);
    Nsid collection = Request.nsid(Request.text(body, "collection"));
    Account author =
        writes.author(context, body).repo(collection, Permission.Action.CREATE).account();
    rate.take(context, author, WriteRate.points(Permission.Action.CREATE));
    RecordKey rkey = key(collection, Request.optional(body, "rkey"));
    Optional<Boolean> validate = Request.truth(body, "validate");
    NewRecord record =
        NewRecord.of(
            writes.rules(validate),
            new RecordName(collection, rkey),
            RepoWrites.record(body, "record"));
    var written =
        writes.write(
            author,
            body,
            session -> {
              create(session, record, validate);
              return record;
            });
    Answer.json(
        context,
        out -> {
          out.writeStringField("uri", record.name().uri(author.did()).toString());
          out.writeStringField("cid", record.cid().toString());
          if (written.commit().isPresent()) {
            RepoWrites.commit(out, written.commit().get());
          }
          if (record.status().isPresent()) {
            out.writeStringField("validationStatus", record.status().get());
          }
        });
  }

  private RecordKey key(Nsid collection, Optional<String> given) {
    return given
        .map(Request::rkey)
        .or(() -> writes.lexicons().onlyKey(collection))
        .orElseGet(() -> new RecordKey(writes.nextKey()));
  }

  static void create(RepoWrites.Session session, NewRecord record, Optional<Boolean> validate) {
    if (session.isTaken(record.name())) {
      throw XrpcFailure.invalid("Record already exists: " + record.name().key());
    }
    if (!validate.equals(Optional.of(false))) {
      session.replaceEarlier(record);
    }
    session.put(record);
  }
}
