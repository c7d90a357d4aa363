package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tripod.atproto.authority.Lexicons;
import tripod.atproto.repo.CommitWitness;
import tripod.atproto.repo.RecordWriter;
import tripod.atproto.repo.RepoEvents;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoLeaf;
import tripod.atproto.repo.RepoStatus;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.token.Grant;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Link;
import tripod.podstore.social.Links;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.RecordPlaces;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;
import tripod.syntax.TidClock;

/** What all methods that change a repository do alike. */
final class RepoWrites {
  /** Largest body of a method that writes records, in bytes (SEC-11). */
  static final int BODY_BYTES_MAX = 2 * 1024 * 1024;

  private static final int EARLIER_MAX = 10;

  private final PodStore store;
  private final Lexicons lexicons;
  private final Authentication authentication;
  private final Accounts accounts;
  private final RecordWriter records;
  private final RepoEvents events;
  private final Runnable giveWay;
  private final TidClock clock;

  RepoWrites(
      PodStore store,
      Lexicons lexicons,
      Authentication authentication,
      Accounts accounts,
      RecordWriter records,
      RepoEvents events,
      Runnable giveWay,
      TidClock clock) {
    this.store = store;
    this.lexicons = lexicons;
    this.authentication = authentication;
    this.accounts = accounts;
    this.records = records;
    this.events = events;
    this.giveWay = giveWay;
    this.clock = clock;
  }

  /** Returns the caller, whose account must be the one the body names. */
  Authentication.Caller author(Context context, DagFields body) {
    Authentication.Caller caller = authentication.active(context);
    if (caller.grant().kind() == Grant.Kind.TAKENDOWN) {
      throw new XrpcFailure(401, "AccountTakedown", "Account has been taken down");
    }
    Account account = caller.account();
    String repo = Request.text(body, "repo");
    boolean own =
        repo.equals(account.did().value()) || repo.equalsIgnoreCase(account.handle().value());
    if (!own) {
      throw new XrpcFailure(403, "Forbidden", "the repository is not the caller's: " + repo);
    }
    return caller;
  }

  /** Returns what is known of kinds of records. */
  Lexicons lexicons() {
    return lexicons;
  }

  /** Returns what a call's records are checked by, which has the flag {@code validate} or not. */
  NewRecord.Rules rules(Optional<Boolean> validate) {
    return new NewRecord.Rules(validate, lexicons.checking(validate.equals(Optional.of(true))));
  }

  /** Returns the next record key. */
  String nextKey() {
    return clock.next().value();
  }

  /** Runs a write on the repository; the commit it made, if it changed anything. */
  <T> CommitWitness.Witnessed<T> write(Account account, DagFields body, Function<Session, T> work) {
    PodNames names = accounts.names(account);
    Optional<String> swap = Request.optional(body, "swapCommit");
    giveWay.run();
    return CommitWitness.during(
        () ->
            store.write(
                account.pod(),
                writer -> {
                  if (!RepoEvents.hasRepository(writer)) {
                    events.created(writer, account.did(), account.handle(), RepoStatus.ACTIVE);
                  }
                  Session session = new Session(writer, names);
                  swap.ifPresent(session::checkHead);
                  return work.apply(session);
                }));
  }

  /** Writes the commit into an answer. */
  static void commit(JsonGenerator out, RepoHead head) throws IOException {
    out.writeObjectFieldStart("commit");
    out.writeStringField("cid", head.commit().toString());
    out.writeStringField("rev", head.rev().value());
    out.writeEndObject();
  }

  /** One write on one repository. */
  final class Session {
    private final PodWriter writer;
    private final PodNames names;
    private final RepoView view;

    private Session(PodWriter writer, PodNames names) {
      this.writer = writer;
      this.names = names;
      this.view = RepoView.of(writer);
    }

    private void checkHead(String swap) {
      Cid head = view.head().orElseThrow().commit();
      if (!head.toString().equals(swap)) {
        throw XrpcFailure.of("InvalidSwap", "Commit was at " + head);
      }
    }

    Optional<RepoLeaf> leaf(RecordName name) {
      return view.leaf(name);
    }

    /**
     * Says whether anything at all lies where a record would go. The profile card is always there,
     * so that of it the tree must be asked; every other record has its resource.
     */
    boolean isTaken(RecordName name) {
      return name.equals(RecordName.OF_PROFILE)
          ? leaf(name).isPresent()
          : RecordPlaces.find(writer, name).isPresent();
    }

    void put(NewRecord record) {
      if (view.owner(record.name()).isPresent()) {
        throw XrpcFailure.invalid("The record is made from another resource, and changes with it");
      }
      if (!record.blobs().isEmpty()) {
        record.checkStored(writer);
      }
      records.put(writer, names, record.name(), record.block(), record.blobCids());
    }

    boolean delete(RecordName name) {
      Optional<PodPath> owner = view.owner(name);
      if (owner.isPresent()) {
        throw XrpcFailure.invalid(
            "The record belongs to " + names.iri(owner.get().value()) + ", and goes with it");
      }
      return records.delete(writer, name);
    }

    /** Deletes earlier records that say the same of the same subject, in the same commit. */
    void replaceEarlier(NewRecord record) {
      Optional<Link.Predicate> predicate =
          switch (record.name().collection().value()) {
            case "app.bsky.feed.like" -> Optional.of(Link.Predicate.LIKE);
            case "app.bsky.feed.repost" -> Optional.of(Link.Predicate.REPOST);
            case "app.bsky.graph.follow" -> Optional.of(Link.Predicate.FOLLOW);
            case "app.bsky.graph.block" -> Optional.of(Link.Predicate.BLOCK);
            default -> Optional.empty();
          };
      Optional<String> subject =
          record
              .fields()
              .get("subject")
              .flatMap(
                  value ->
                      value.asText().or(() -> value.asFields().flatMap(ref -> ref.text("uri"))));
      if (predicate.isEmpty() || subject.isEmpty()) {
        return;
      }
      List<PodPath> earlier =
          Links.subjects(
              writer, names, predicate.get(), subject.get(), Optional.empty(), EARLIER_MAX);
      for (PodPath path : earlier) {
        RecordPlaces.record(writer, path)
            .filter(name -> name.collection().equals(record.name().collection()))
            .filter(name -> !name.equals(record.name()) && leaf(name).isPresent())
            .ifPresent(this::delete);
      }
    }
  }

  static DagValue record(DagFields body, String name) {
    return body.get(name)
        .orElseThrow(() -> XrpcFailure.invalid("Input must have the property \"" + name + "\""));
  }
}
