package tripod.activitypub.delivery;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.actor.ActorKeys;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.RemoteActor;
import tripod.activitypub.actor.RemoteActors;
import tripod.activitypub.signature.SignedHttp;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundResponse;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.syntax.PodNames;

/** Makes one delivery and says how it ended. Safe between threads; blocks the caller. */
final class Courier {
  /** Longest wait that a peer may ask for. */
  private static final Duration RETRY_AFTER_MAX = Duration.ofHours(24);

  /** How often an inbox may say that it is not there. */
  private static final int MISSING_MAX = 3;

  private final PodStore store;
  private final Accounts accounts;
  private final ActorKeys keys;
  private final RemoteActors remote;
  private final SignedHttp http;
  private final InstantSource clock;

  Courier(
      PodStore store,
      Accounts accounts,
      ActorKeys keys,
      RemoteActors remote,
      SignedHttp http,
      InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.keys = keys;
    this.remote = remote;
    this.http = http;
    this.clock = clock;
  }

  /** How a delivery ended. */
  sealed interface Outcome {
    /** The peer took it. */
    record Taken() implements Outcome {}

    /** It will never be taken, and the host is not to blame. */
    record Useless(String reason) implements Outcome {}

    /** It may be taken later. */
    record Failed(String reason, Optional<Duration> retryAfter) implements Outcome {}
  }

  Outcome deliver(Row row, byte[] body) {
    PodNames names;
    try {
      names = accounts.names(row.lane().pod());
    } catch (IdentityFailure.NotFound e) {
      return new Outcome.Useless("the account is gone");
    }
    try {
      String inbox = row.inbox().isPresent() ? row.inbox().get() : inbox(row);
      return outcome(row, names, http.post(URI.create(inbox), body, keys.of(names)));
    } catch (ActivityFailure.Unreachable e) {
      return unreachable(e);
    }
  }

  private String inbox(Row row) {
    return remote.get(row.actor().orElseThrow()).inbox();
  }

  private static Outcome unreachable(ActivityFailure.Unreachable failure) {
    if (failure.getCause() instanceof OutboundFailure.Refused || failure.isGone()) {
      return new Outcome.Useless(String.valueOf(failure.getMessage()));
    }
    if (failure.status() == 0 && failure.getCause() == null) {
      return new Outcome.Useless(
          String.valueOf(failure.getMessage())); // an answer that is no actor
    }
    return new Outcome.Failed(String.valueOf(failure.getMessage()), Optional.empty());
  }

  private Outcome outcome(Row row, PodNames names, OutboundResponse answer) {
    int status = answer.status();
    if (answer.isSuccess()) {
      return new Outcome.Taken();
    }
    String reason = "status " + status;
    if (status == 404 || status == 410) {
      return missing(row, names, status);
    }
    boolean later = status == 401 || status == 403 || status == 408 || status == 429;
    if (status >= 400 && status < 500 && !later) {
      return new Outcome.Useless(reason);
    }
    if (status >= 300 && status < 400) {
      return new Outcome.Useless("the inbox redirects");
    }
    return new Outcome.Failed(reason, retryAfter(answer));
  }

  /** An inbox that is not there: one look at its owner decides whether anybody is. */
  private Outcome missing(Row row, PodNames names, int status) {
    if (row.actor().isPresent()) {
      try {
        RemoteActor actor = remote.refresh(row.actor().get());
        if (row.inbox().isPresent() && !actor.inbox().equals(row.inbox().get())) {
          return new Outcome.Useless("the inbox has moved"); // the next one goes there
        }
      } catch (ActivityFailure.Unreachable e) {
        if (e.isGone()) {
          drop(row, names);
          return new Outcome.Useless("the actor is gone");
        }
      }
    }
    return row.tries() + 1 >= MISSING_MAX || status == 410
        ? new Outcome.Useless("status " + status)
        : new Outcome.Failed("status " + status, Optional.empty());
  }

  private void drop(Row row, PodNames names) {
    try {
      store.write(names.pod(), pod -> Follower.remove(pod, row.actor().orElseThrow()));
    } catch (PodFailure.NotFound e) {
      // The pod went in the meantime, and its followers with it.
    }
  }

  private Optional<Duration> retryAfter(OutboundResponse answer) {
    String text = answer.header("retry-after").orElse("");
    Duration wait;
    if (text.matches("[0-9]{1,9}")) {
      wait = Duration.ofSeconds(Long.parseLong(text));
    } else {
      try {
        wait =
            Duration.between(
                clock.instant(),
                ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
      } catch (DateTimeException e) {
        return Optional.empty(); // no time, or none that can be read
      }
    }
    if (wait.isNegative()) {
      return Optional.empty();
    }
    return Optional.of(wait.compareTo(RETRY_AFTER_MAX) > 0 ? RETRY_AFTER_MAX : wait);
  }
}
