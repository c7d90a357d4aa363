package tripod.activitypub.activity;

/**
 * Why this door would not do what it was asked; messages may be shown to the asker.
 *
 * <p>The words are the door's own; statuses are given in one place, {@code ActivityErrors}.
 */
public abstract sealed class ActivityFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ActivityFailure(String message) {
    super(message);
  }

  private ActivityFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** A document breaks its form. */
  public static final class Malformed extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public Malformed(String message) {
      super(message);
    }

    /** Says what is wrong with it, and keeps the cause for the log. */
    public Malformed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Nothing proves who asks, or the proof does not hold. */
  public static final class Unproven extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public Unproven(String message) {
      super(message);
    }

    /** Says what is missing, and keeps the cause for the log. */
    public Unproven(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Who asks is known and may not do it. */
  public static final class Forbidden extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says which rule forbids. */
    public Forbidden(String message) {
      super(message);
    }
  }

  /** There is no such thing, or the asker may not know of it. */
  public static final class Missing extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public Missing(String message) {
      super(message);
    }
  }

  /** A limit of this door is passed. */
  public static final class TooLarge extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says which limit, in units. */
    public TooLarge(String message) {
      super(message);
    }
  }

  /** The body is of a media type that this door does not read. */
  public static final class WrongType extends ActivityFailure {
    private static final long serialVersionUID = 1L;

    /** Says which types are read. */
    public WrongType(String message) {
      super(message);
    }
  }

  /** Another server is not there, refused, or answered something unusable. */
  public static final class Unreachable extends ActivityFailure {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** Says what failed on the way. */
    public Unreachable(String message, Throwable cause) {
      super(message, cause);
      this.status = 0;
    }

    /**
     * Says what the other server answered.
     *
     * @param status its HTTP status; 0 when there was none
     */
    public Unreachable(String message, int status) {
      super(message);
      this.status = status;
    }

    /** Returns the HTTP status of the other server, or 0. */
    public int status() {
      return status;
    }

    /** Says whether the other server says that the thing does not exist any more. */
    public boolean isGone() {
      return status == 404 || status == 410;
    }
  }
}
