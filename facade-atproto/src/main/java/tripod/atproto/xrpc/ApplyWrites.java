package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.identity.Account;
import tripod.identity.scope.Permission;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.RecordName;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** {@code com.atproto.repo.applyWrites}: several changes, all or none, one commit. */
final class ApplyWrites implements Handler {
  /** Most changes of one call. */
  private static final int WRITES_MAX = 200;

  private static final String PREFIX = "com.atproto.repo.applyWrites#";

  private final RepoWrites writes;
  private final WriteRate rate;

  ApplyWrites(RepoWrites writes, WriteRate rate) {
    this.writes = writes;
    this.rate = rate;
  }

  private sealed interface Step {
    RecordName name();

    Permission.Action action();

    default String result() {
      return action() + "Result";
    }

    record Create(NewRecord record) implements Step {
      @Override
      public RecordName name() {
        return record.name();
      }

      @Override
      public Permission.Action action() {
        return Permission.Action.CREATE;
      }
    }

    record Update(NewRecord record) implements Step {
      @Override
      public RecordName name() {
        return record.name();
      }

      @Override
      public Permission.Action action() {
        return Permission.Action.UPDATE;
      }
    }

    record Delete(RecordName name) implements Step {
      @Override
      public Permission.Action action() {
        return Permission.Action.DELETE;
      }
    }
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, RepoWrites.BODY_BYTES_MAX);
    Authentication.Caller caller = writes.author(context, body);
    Account author = caller.account();
    Optional<Boolean> validate = Request.truth(body, "validate");
    List<Step> steps = steps(body, writes.rules(validate));
    steps.forEach(step -> caller.repo(step.name().collection(), step.action()));
    rate.take(
        context, author, steps.stream().mapToInt(step -> WriteRate.points(step.action())).sum());
    var written =
        writes.write(
            author,
            body,
            session -> {
              steps.forEach(step -> apply(session, step, validate));
              return steps;
            });
    Answer.json(
        context,
        out -> {
          if (written.commit().isPresent()) {
            RepoWrites.commit(out, written.commit().get());
          }
          out.writeArrayFieldStart("results");
          for (Step step : steps) {
            out.writeStartObject();
            out.writeStringField("$type", PREFIX + step.result());
            Optional<NewRecord> record =
                switch (step) {
                  case Step.Create create -> Optional.of(create.record());
                  case Step.Update update -> Optional.of(update.record());
                  case Step.Delete delete -> Optional.empty();
                };
            if (record.isPresent()) {
              out.writeStringField("uri", step.name().uri(author.did()).toString());
              out.writeStringField("cid", record.get().cid().toString());
              if (record.get().status().isPresent()) {
                out.writeStringField("validationStatus", record.get().status().get());
              }
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  private List<Step> steps(DagFields body, NewRecord.Rules rules) {
    if (!(body.find("writes") instanceof DagValue.Items items)) {
      throw XrpcFailure.invalid("Input must have the property \"writes\"");
    }
    if (items.items().size() > WRITES_MAX) {
      throw XrpcFailure.invalid("Too many writes. Max: " + WRITES_MAX);
    }
    List<Step> steps = new ArrayList<>();
    Set<RecordName> names = new HashSet<>();
    for (DagValue item : items.items()) {
      if (!(item instanceof DagFields write)) {
        throw XrpcFailure.invalid("Input/writes must hold objects");
      }
      Step step = step(write, rules);
      if (!names.add(step.name())) {
        throw XrpcFailure.invalid("two writes of one record: " + step.name().key());
      }
      steps.add(step);
    }
    return steps;
  }

  private Step step(DagFields write, NewRecord.Rules rules) {
    String type = Request.text(write, "$type");
    Nsid collection = Request.nsid(Request.text(write, "collection"));
    Optional<RecordKey> rkey = Request.optional(write, "rkey").map(Request::rkey);
    return switch (type) {
      case PREFIX + "create" -> {
        RecordKey key =
            rkey.or(() -> writes.lexicons().onlyKey(collection))
                .orElseGet(() -> new RecordKey(writes.nextKey()));
        yield new Step.Create(record(collection, key, write, rules));
      }
      case PREFIX + "update" ->
          new Step.Update(record(collection, rkey.orElseThrow(ApplyWrites::noKey), write, rules));
      case PREFIX + "delete" ->
          new Step.Delete(new RecordName(collection, rkey.orElseThrow(ApplyWrites::noKey)));
      default -> throw XrpcFailure.invalid("Input/writes must not hold a " + type);
    };
  }

  private static NewRecord record(
      Nsid collection, RecordKey key, DagFields write, NewRecord.Rules rules) {
    DagValue value = RepoWrites.record(write, "value");
    if (value instanceof DagScalar) {
      throw XrpcFailure.invalid("Input/writes/value must be an object");
    }
    return NewRecord.of(rules, new RecordName(collection, key), value);
  }

  private static XrpcFailure noKey() {
    return XrpcFailure.invalid("Input/writes must have the property \"rkey\"");
  }

  private static void apply(RepoWrites.Session session, Step step, Optional<Boolean> validate) {
    switch (step) {
      case Step.Create create -> CreateRecord.create(session, create.record(), validate);
      case Step.Update update -> {
        if (session.leaf(update.name()).isEmpty()) {
          throw XrpcFailure.invalid("Could not find record: " + update.name().key());
        }
        session.put(update.record());
      }
      case Step.Delete delete -> session.delete(delete.name());
    }
  }
}
