package tripod.podstore;

/**
 * Why the store would not do what it was asked.
 *
 * <p>The words are the store's own: each door maps the family once to what its protocol calls it.
 * Messages may be shown to the caller: they say what was expected and what came.
 */
public abstract sealed class PodFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PodFailure(String message) {
    super(message);
  }

  private PodFailure(String message, Throwable cause) {
    super(message, cause);
  }

  /** What was asked for is not there. */
  public static final class NotFound extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is missing. */
    public NotFound(String message) {
      super(message);
    }
  }

  /** What was there is gone and was deleted on purpose. */
  public static final class Gone extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is gone. */
    public Gone(String message) {
      super(message);
    }
  }

  /** The state is not the one the caller named, or the change clashes with what is there. */
  public static final class Conflict extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what clashes. */
    public Conflict(String message) {
      super(message);
    }
  }

  /** A projection will not follow this change: it is valid by itself but not allowed here. */
  public static final class Refused extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says which rule refuses. */
    public Refused(String message) {
      super(message);
    }
  }

  /** The content or a name breaks its own form. */
  public static final class Invalid extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public Invalid(String message) {
      super(message);
    }

    /** Says what is wrong with it, and keeps the cause for the log. */
    public Invalid(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A limit of the store is passed. */
  public static final class TooLarge extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says which limit, and how much came, in units. */
    public TooLarge(String message) {
      super(message);
    }
  }

  /** The pod has reached its quota; deleting makes room. */
  public static final class OverQuota extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says how much the pod may take up. */
    public OverQuota(String message) {
      super(message);
    }
  }

  /** No room is left on the disk. */
  public static final class Full extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is full. */
    public Full(String message) {
      super(message);
    }
  }

  /** The store cannot answer now; nothing was changed, and asking again later may help. */
  public static final class Unavailable extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says why, with the cause for the log. */
    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** What the store stands on did not answer in time; asking again later may help. */
  public static final class Stalled extends PodFailure {
    private static final long serialVersionUID = 1L;

    /** Says what took too long, with the cause for the log. */
    public Stalled(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
