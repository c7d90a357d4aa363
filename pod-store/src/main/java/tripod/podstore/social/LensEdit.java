package tripod.podstore.social;

import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.syntax.PodNames;

/**
 * An edit of a resource in another form than the one it is stored in (mapping note, section 4).
 *
 * <p>The form that a resource was born in stays its source as long as it can say what the edit
 * says; what the editor's form could not show stays as it is (LENS-2), and an edit that changes
 * nothing changes nothing (LENS-1). Pure.
 */
public final class LensEdit {
  private LensEdit() {}

  /** What an edit comes to. */
  public sealed interface Outcome {
    /** The resource says the same as before: nothing is to be stored. */
    record Unchanged() implements Outcome {}

    /** The source takes the edit up: this is to be stored. */
    record Kept(SocialCodec.Written written) implements Outcome {}

    /** The source cannot say it: what the editor sent becomes the source. */
    record Switched() implements Outcome {}
  }

  /**
   * Carries an edit over.
   *
   * @param lens all stored forms
   * @param current the resource as it is
   * @param given what the editor sent, the whole of it in the editor's form
   * @throws tripod.podstore.PodFailure.Invalid when one of them breaks its own form
   */
  public static Outcome apply(Lens lens, Resource current, Content.Document given, PodNames names) {
    return apply(lens, current, Optional.empty(), given, names);
  }

  /**
   * Carries an edit over.
   *
   * @param lens all stored forms
   * @param current the resource as it is
   * @param exact what the editor was shown, where its exact bytes are kept beside the source
   * @param given what the editor sent, the whole of it in the editor's form
   * @throws tripod.podstore.PodFailure.Invalid when one of them breaks its own form
   */
  public static Outcome apply(
      Lens lens,
      Resource current,
      Optional<Content.Document> exact,
      Content.Document given,
      PodNames names) {
    if (!(current.content() instanceof Content.Document source)) {
      return new Outcome.Switched();
    }
    Optional<SocialCodec> own = lens.codec(source);
    Optional<SocialCodec> other = lens.codec(given);
    if (own.isEmpty() || other.isEmpty() || own.equals(other)) {
      return new Outcome.Switched();
    }
    Optional<Social> said = own.get().read(current, names);
    Optional<Social> edited =
        other.get().read(Draft.of(current.path(), given, current.created()), names);
    if (said.isEmpty() || edited.isEmpty()) {
      return new Outcome.Switched();
    }
    Social shown =
        exact
            .filter(other.get()::owns)
            .flatMap(
                document ->
                    other.get().read(Draft.of(current.path(), document, current.created()), names))
            .orElseGet(() -> shown(other.get(), current, said.get(), names));
    Social next = Rebase.apply(shown, said.get(), edited.get());
    if (next.equals(said.get())) {
      return new Outcome.Unchanged();
    }
    if (!own.get().says(next, names)) {
      return new Outcome.Switched();
    }
    return own.get()
        .write(next, current.path(), Optional.of(source), names)
        .map(
            written ->
                written.document().equals(source)
                    ? new Outcome.Unchanged()
                    : new Outcome.Kept(written))
        .orElseGet(Outcome.Switched::new);
  }

  /** Returns what the editor was shown, read as the edit is read, so that both can be compared. */
  private static Social shown(SocialCodec form, Resource current, Social said, PodNames names) {
    return form.write(said, current.path(), Optional.empty(), names)
        .flatMap(
            written ->
                form.read(Draft.of(current.path(), written.document(), current.created()), names))
        .orElse(said);
  }
}
