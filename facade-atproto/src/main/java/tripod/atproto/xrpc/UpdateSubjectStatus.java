package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.Takedowns;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.PodId;

/** {@code com.atproto.admin.updateSubjectStatus}: takes down and lifts, puts to sleep and wakes. */
final class UpdateSubjectStatus implements Handler {
  private static final int REF_CHARS_MAX = 1000;

  private final Accounts accounts;
  private final Subjects subjects;
  private final Takedowns takedowns;
  private final OwnIdentity identities;
  private final InstantSource clock;

  UpdateSubjectStatus(
      Accounts accounts,
      Subjects subjects,
      Takedowns takedowns,
      OwnIdentity identities,
      InstantSource clock) {
    this.accounts = accounts;
    this.subjects = subjects;
    this.takedowns = takedowns;
    this.identities = identities;
    this.clock = clock;
  }

  /** What is asked for of one attribute. */
  private record Wanted(boolean applied, Optional<String> ref) {
    static Optional<Wanted> of(DagFields body, String name) {
      return body.get(name)
          .flatMap(DagValue::asFields)
          .map(
              fields ->
                  new Wanted(
                      Request.truth(fields, "applied")
                          .orElseThrow(() -> XrpcFailure.invalid(name + " needs applied")),
                      Request.optional(fields, "ref")));
    }
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    DagFields named =
        body.get("subject")
            .flatMap(DagValue::asFields)
            .orElseThrow(() -> XrpcFailure.invalid("Input must have the property \"subject\""));
    Optional<Wanted> takedown = Wanted.of(body, "takedown");
    Optional<Wanted> deactivated = Wanted.of(body, "deactivated");
    if (takedown.filter(Wanted::applied).isPresent()
        && deactivated.filter(wanted -> !wanted.applied()).isPresent()) {
      throw XrpcFailure.invalid("an account is not taken down and activated at once");
    }
    Subjects.Subject subject = subjects.of(named);
    takedown.ifPresent(wanted -> takeDown(subject, wanted));
    if (deactivated.isPresent()) {
      if (!(subject instanceof Subjects.Subject.Whole(Account account))) {
        throw XrpcFailure.invalid("only an account can be deactivated");
      }
      deactivate(account.pod(), deactivated.get().applied());
    }
    Answer.json(
        context,
        out -> {
          subjects.write(subject, out);
          if (takedown.isPresent()) {
            Subjects.status("takedown", takedown.get().applied(), takedown.get().ref(), out);
          }
        });
  }

  private void takeDown(Subjects.Subject subject, Wanted wanted) {
    String reference =
        wanted.ref().filter(ref -> !ref.isBlank()).orElseGet(() -> clock.instant().toString());
    if (reference.length() > REF_CHARS_MAX) {
      throw XrpcFailure.invalid("ref may have " + REF_CHARS_MAX + " characters");
    }
    switch (subject) {
      case Subjects.Subject.Whole(Account account) -> {
        if (wanted.applied()) {
          accounts.restrict(account.pod(), Account.State.TAKENDOWN, reference);
        } else if (account.state() == Account.State.TAKENDOWN) {
          accounts.restore(account.pod());
        }
      }
      case Subjects.Subject.One one ->
          set(one.account().pod(), one.hidden(), wanted.applied(), reference);
      case Subjects.Subject.File file ->
          set(file.account().pod(), file.hidden(), wanted.applied(), reference);
    }
  }

  private void set(PodId pod, Takedowns.Subject subject, boolean applied, String reference) {
    if (applied) {
      takedowns.hide(pod, subject, reference);
    } else {
      takedowns.show(pod, subject);
    }
  }

  private void deactivate(PodId pod, boolean applied) {
    Account account = accounts.byPod(pod).orElseThrow();
    if (applied) {
      if (account.deactivated().isEmpty()) {
        accounts.deactivate(pod, Optional.empty());
      }
    } else if (account.deactivated().isPresent()) {
      identities
          .fault(account)
          .ifPresent(
              fault -> {
                throw XrpcFailure.invalid("the account cannot be activated: " + fault);
              });
      accounts.activate(pod);
    }
  }
}
