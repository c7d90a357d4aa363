package tripod.identity.http;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why no answer came from outside. Messages name the host and never the path or query. */
public abstract sealed class OutboundFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OutboundFailure(String message) {
    super(message);
  }

  private OutboundFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The rules forbid to ask there (SEC-20, SEC-21, SEC-22); asking again is of no use. */
  public static final class Refused extends OutboundFailure {
    private static final long serialVersionUID = 1L;

    /** Says which rule. */
    public Refused(String message) {
      super(message);
    }
  }

  /** No connection, or it broke. */
  public static final class Unreachable extends OutboundFailure {
    private static final long serialVersionUID = 1L;

    /** Says what happened. */
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** No whole answer came in time (SEC-23). */
  public static final class TimedOut extends OutboundFailure {
    private static final long serialVersionUID = 1L;

    /** Says what was waited for. */
    public TimedOut(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** The answer is larger than allowed after decompression (SEC-23). */
  public static final class TooLarge extends OutboundFailure {
    private static final long serialVersionUID = 1L;

    /** Says the limit in bytes. */
    public TooLarge(String message) {
      super(message);
    }
  }

  /** The host failed so often that it is left alone for a while (SEC-24). */
  public static final class CircuitOpen extends OutboundFailure {
    private static final long serialVersionUID = 1L;
    private final Instant until;

    /** Says when the host may be asked again. */
    public CircuitOpen(String host, Instant until) {
      super(host + " is left alone until " + until);
      this.until = until;
    }

    /** Returns when the host may be asked again. */
    public Instant until() {
      return until;
    }
  }
}
