package tripod.identity;

import java.time.Duration;

/**
 * Why identity would not do what it was asked.
 *
 * <p>The words are the room's own: each door maps the family once to what its protocol calls it.
 * Messages may be shown to the caller: they say what was expected, and hold no secret.
 */
public abstract sealed class IdentityFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private IdentityFailure(String message) {
    super(message);
  }

  private IdentityFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** The handle breaks a rule for handles. */
  public static final class InvalidHandle extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public InvalidHandle(String message) {
      super(message);
    }
  }

  /** The handle belongs to somebody else, or is kept for the host. */
  public static final class HandleTaken extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public HandleTaken(String message) {
      super(message);
    }
  }

  /** The handle is under a domain this host gives no handles of. */
  public static final class UnsupportedDomain extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public UnsupportedDomain(String message) {
      super(message);
    }
  }

  /** The mail address is none. */
  public static final class InvalidEmail extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public InvalidEmail(String message) {
      super(message);
    }
  }

  /** Another account has this mail address. */
  public static final class EmailTaken extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public EmailTaken(String message) {
      super(message);
    }
  }

  /** The invitation is missing, unknown or used up. */
  public static final class InvalidInvite extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public InvalidInvite(String message) {
      super(message);
    }
  }

  /** The new password is too short, too long or too common. */
  public static final class WeakPassword extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public WeakPassword(String message) {
      super(message);
    }
  }

  /** Name and password do not belong together; it does not say which is wrong (SEC-51). */
  public static final class BadPassword extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public BadPassword(String message) {
      super(message);
    }
  }

  /** The token or proof is not what it must be. */
  public static final class BadToken extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public BadToken(String message) {
      super(message);
    }

    /** Says what is wrong, and keeps the cause for the log. */
    public BadToken(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The token was good once. */
  public static final class ExpiredToken extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ExpiredToken(String message) {
      super(message);
    }
  }

  /** The caller is known and may not do this. */
  public static final class Forbidden extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Forbidden(String message) {
      super(message);
    }
  }

  /** There is no such account, key or identity. */
  public static final class NotFound extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public NotFound(String message) {
      super(message);
    }
  }

  /** It clashes with what is there. */
  public static final class Conflict extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Conflict(String message) {
      super(message);
    }
  }

  /** What was sent breaks its own form. */
  public static final class Invalid extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Invalid(String message) {
      super(message);
    }

    /** Says what is wrong, and keeps the cause for the log. */
    public Invalid(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** It was there and has been ended on purpose. */
  public static final class Gone extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Gone(String message) {
      super(message);
    }
  }

  /** This host does not do this. */
  public static final class Unsupported extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Unsupported(String message) {
      super(message);
    }
  }

  /** Something this needs does not answer now; asking later may help. */
  public static final class Unavailable extends IdentityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public Unavailable(String message) {
      super(message);
    }

    /** Says what is wrong, and keeps the cause for the log. */
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The account is not in a state that allows this. */
  public static final class Inactive extends IdentityFailure {
    private static final long serialVersionUID = 1L;
    private final Account.State state;

    /** Names the state that stands in the way. */
    public Inactive(Account.State state) {
      super("the account is " + state.name().toLowerCase(java.util.Locale.ROOT));
      this.state = state;
    }

    /** Returns the state that stands in the way. */
    public Account.State state() {
      return state;
    }
  }

  /** Too much was asked for (SEC-15). */
  public static final class RateLimited extends IdentityFailure {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    /** Says how long to wait. */
    public RateLimited(Duration retryAfter) {
      super("too many requests; try again in " + Math.max(1, retryAfter.toSeconds()) + " s");
      this.retryAfter = retryAfter;
    }

    /** Returns how long to wait. */
    public Duration retryAfter() {
      return retryAfter;
    }
  }
}
