package tripod.solid.ldp;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import tripod.podstore.Aspect;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.solid.representation.EntityTag;
import tripod.solid.representation.RdfSyntax;

/**
 * Runs the changing part of a request: alone on the pod, under the conditions the client named, and
 * under the rules it was let in by.
 */
final class Writing {
  /** How often a write starts again because the rules that count changed under it. */
  private static final int TRIES_MAX = 8;

  private final PodStore store;

  Writing(PodStore store) {
    this.store = store;
  }

  /** Looks at a target before anything is read from the request. */
  Seen look(Visit visit) {
    return store.read(visit.names().pod(), view -> Seen.of(view, visit.target(), true));
  }

  /**
   * Writes.
   *
   * @param authorised what the agent was let in on
   * @param authorise lets the agent in, or throws; asked again when the rules have changed
   * @param work changes the pod
   */
  <T> T write(
      Visit visit,
      Preconditions conditions,
      Seen authorised,
      Consumer<Seen> authorise,
      BiFunction<PodWriter, Seen, T> work) {
    Seen allowed = authorised;
    for (int tries = 0; tries < TRIES_MAX; tries++) {
      Seen expected = allowed;
      Attempt<T> attempt =
          store.write(
              visit.names().pod(),
              writer -> {
                // A write sees what is pending, which a read does not: so what is to be authorised
                // anew is what this write saw.
                Seen now = Seen.of(writer, visit.target(), true);
                if (!now.sameRules(expected)) {
                  return new Attempt<>(now, Optional.empty());
                }
                conditions.requireForWrite(tag(now), modified(now));
                return new Attempt<>(now, Optional.of(work.apply(writer, now)));
              });
      if (attempt.result.isPresent()) {
        return attempt.result.get();
      }
      allowed = attempt.seen;
      authorise.accept(allowed);
    }
    throw new Refusal(503, "others change this place too fast; try again");
  }

  /** What a write saw, and what it came to if it was let in on that. */
  private record Attempt<T>(Seen seen, Optional<T> result) {}

  /** Checks conditions before a body is read; they are checked again inside the write. */
  static void requireEarly(Preconditions conditions, Seen seen) {
    conditions.requireForWrite(tag(seen), modified(seen));
  }

  private static Optional<EntityTag> tag(Seen seen) {
    return seen.resource().map(resource -> new EntityTag(seen.state(), "s"));
  }

  private static Optional<Instant> modified(Seen seen) {
    return seen.resource().map(resource -> seen.modified());
  }

  /**
   * Refuses a new name that would be taken for an auxiliary resource, or clash with what is there.
   */
  static void requireFreeName(Seen seen, PodPath path) {
    if (seen.twin().isPresent()) {
      throw new Refusal(409, "a resource of this name is there, with or without a last slash");
    }
    PodPath above = path;
    while (!above.isRoot()) {
      if (Target.aspectOf(above.name()) != Aspect.SELF) {
        throw new Refusal(400, "a name must not end like an auxiliary resource's");
      }
      above = above.parent().orElse(PodPath.ROOT);
    }
  }

  /** Refuses to change what clients cannot change, saying what they can do. */
  static void requireMethod(Visit visit, String method, Optional<Resource> resource) {
    var allowed = ResourceHeaders.allowed(visit.target(), resource);
    if (!allowed.contains(method)) {
      throw new Refusal(
          405,
          method + " is not possible here",
          java.util.Map.of("Allow", String.join(", ", allowed)));
    }
  }

  /** Answers a write. */
  static void answer(Context context, Outcome outcome, String iri) {
    outcome
        .resource()
        .ifPresent(
            resource -> {
              String form =
                  RdfSyntax.exactly(resource.content().mediaType())
                      .map(syntax -> String.valueOf(syntax.mark()))
                      .orElse("o");
              if (!resource.path().isContainer()) {
                context.header("ETag", new EntityTag(resource.rev().value(), form).toString());
              }
              context.header("Last-Modified", ResourceHeaders.date(resource.modified()));
            });
    if (outcome.created()) {
      context.header("Location", iri);
      context.status(201);
    } else {
      context.status(204);
    }
  }

  /**
   * What a write came to.
   *
   * @param created whether it made the resource
   * @param resource the resource after it
   */
  record Outcome(boolean created, Optional<Resource> resource) {}
}
