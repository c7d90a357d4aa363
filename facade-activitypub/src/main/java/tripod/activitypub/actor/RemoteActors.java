package tripod.activitypub.actor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tripod.activitypub.signature.RemoteDocuments;
import tripod.syntax.ActorIri;

/** Actors of other servers, fetched when asked for and kept an hour. Safe between threads. */
public final class RemoteActors {
  private static final int ACTORS_MAX = 20_000;
  private static final Duration KEPT = Duration.ofHours(1);

  private final RemoteDocuments documents;
  private final Cache<ActorIri, RemoteActor> known;

  /** Fetches through {@code documents}. */
  public RemoteActors(RemoteDocuments documents, InstantSource clock) {
    this.documents = documents;
    this.known =
        Caffeine.newBuilder()
            .maximumSize(ACTORS_MAX)
            .expireAfterWrite(KEPT)
            .ticker(() -> clock.millis() * 1_000_000L)
            .build();
  }

  /**
   * Returns an actor, from memory if it was fetched within the hour.
   *
   * @throws tripod.activitypub.activity.ActivityFailure.Unreachable when it cannot be had
   */
  public RemoteActor get(ActorIri id) {
    RemoteActor actor = known.getIfPresent(id);
    return actor == null ? refresh(id) : actor;
  }

  /** Returns an actor that is in memory. */
  public Optional<RemoteActor> peek(ActorIri id) {
    return Optional.ofNullable(known.getIfPresent(id));
  }

  /** Fetches an actor again. */
  public RemoteActor refresh(ActorIri id) {
    RemoteActor actor = RemoteActor.read(documents.object(id.value()));
    known.put(actor.id(), actor);
    return actor;
  }
}
