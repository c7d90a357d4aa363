package tripod.solid.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.access.Agent;
import tripod.identity.token.SolidTokens;
import tripod.identity.token.Standing;
import tripod.solid.ldp.Target;
import tripod.syntax.PodNames;

/** One subscription with its listener, if that is connected. Guarded by itself. */
final class Channel {
  final String key;
  final PodNames names;
  final Agent agent;
  final Standing standing;
  final Target topic;
  final Wish wish;
  final Instant made;

  private @Nullable Listener listener;
  private Instant lastSent = Instant.EPOCH;
  private @Nullable Notice held;

  Channel(
      String key,
      PodNames names,
      SolidTokens.Answer.Known maker,
      Target topic,
      Wish wish,
      Instant made) {
    this.key = key;
    this.names = names;
    this.agent = maker.agent();
    this.standing = maker.standing();
    this.topic = topic;
    this.wish = wish;
    this.made = made;
  }

  /** Takes a listener; one at a time, the last one counts. */
  synchronized void connect(Listener next) {
    if (listener != null) {
      listener.close("another listener took this channel");
    }
    listener = next;
  }

  /** Forgets a listener that has gone, and says whether it was the one that counts. */
  synchronized boolean disconnect(String session) {
    if (listener != null && listener.session().equals(session)) {
      listener = null;
      return true;
    }
    return false;
  }

  synchronized boolean isConnected() {
    return listener != null;
  }

  synchronized void end(String reason) {
    if (listener != null) {
      listener.close(reason);
      listener = null;
    }
  }

  /**
   * Sends a notice, or holds the latest one back until the rate allows it.
   *
   * @return how long to wait before {@link #release}; empty when there is nothing to wait for
   */
  synchronized Optional<Duration> send(Notice notice, Instant now) {
    if (listener == null || wish.startAt().filter(now::isBefore).isPresent()) {
      return Optional.empty();
    }
    Instant next = lastSent.plus(wish.rate().orElse(Duration.ZERO));
    if (now.isBefore(next)) {
      boolean isWaiting = held != null;
      held = notice;
      return isWaiting ? Optional.empty() : Optional.of(Duration.between(now, next));
    }
    lastSent = now;
    listener.send(notice.text(wish.turtle()));
    return Optional.empty();
  }

  /** Sends what was held back. */
  synchronized void release(Instant now) {
    if (held != null && listener != null) {
      lastSent = now;
      listener.send(held.text(wish.turtle()));
    }
    held = null;
  }

  boolean hasEnded(Instant now) {
    return wish.endAt().filter(end -> !now.isBefore(end)).isPresent();
  }

  /** The other end of a channel. */
  interface Listener {
    /** Returns what tells it from others. */
    String session();

    /** Hands over a message without waiting; a listener that falls behind is cut off. */
    void send(String message);

    /** Ends the connection. */
    void close(String reason);
  }
}
