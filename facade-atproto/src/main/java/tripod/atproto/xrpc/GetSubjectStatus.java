package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.podstore.PodStore;

/** {@code com.atproto.admin.getSubjectStatus}. */
final class GetSubjectStatus implements Handler {
  private final PodStore store;
  private final Subjects subjects;
  private final Takedowns takedowns;

  GetSubjectStatus(PodStore store, Subjects subjects, Takedowns takedowns) {
    this.store = store;
    this.subjects = subjects;
    this.takedowns = takedowns;
  }

  @Override
  public void handle(Context context) {
    Optional<String> did = Request.optional(context, "did");
    Optional<String> uri = Request.optional(context, "uri");
    Optional<String> blob = Request.optional(context, "blob");
    Subjects.Subject subject;
    if (blob.isPresent()) {
      subject =
          subjects.file(
              did.orElseThrow(
                  () -> XrpcFailure.invalid("Must provide a did to request blob state")),
              blob.get());
    } else if (uri.isPresent()) {
      subject = subjects.record(uri.get());
    } else {
      subject = subjects.whole(did.orElseThrow(() -> XrpcFailure.invalid("No provided subject")));
    }
    answer(context, subject);
  }

  private void answer(Context context, Subjects.Subject subject) {
    Optional<String> ref = reference(subject);
    requireKnown(subject, ref);
    Answer.json(
        context,
        out -> {
          subjects.write(subject, out);
          Subjects.status("takedown", ref.isPresent(), ref, out);
          if (subject instanceof Subjects.Subject.Whole(Account account)) {
            Subjects.status(
                "deactivated", account.deactivated().isPresent(), Optional.empty(), out);
          }
        });
  }

  private Optional<String> reference(Subjects.Subject subject) {
    return switch (subject) {
      case Subjects.Subject.Whole(Account account) -> account.takedownRef();
      case Subjects.Subject.One one ->
          takedowns.find(one.account().pod(), one.hidden()).map(Takedowns.Takedown::reference);
      case Subjects.Subject.File file ->
          takedowns.find(file.account().pod(), file.hidden()).map(Takedowns.Takedown::reference);
    };
  }

  private void requireKnown(Subjects.Subject subject, Optional<String> ref) {
    boolean known =
        ref.isPresent()
            || switch (subject) {
              case Subjects.Subject.Whole whole -> true;
              case Subjects.Subject.One one -> one.cid().isPresent();
              case Subjects.Subject.File file ->
                  store.read(file.account().pod(), reader -> reader.blob(file.cid()).isPresent());
            };
    if (!known) {
      throw XrpcFailure.of("NotFound", "Subject not found");
    }
  }
}
