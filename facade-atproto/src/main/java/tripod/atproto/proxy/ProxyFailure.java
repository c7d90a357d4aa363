package tripod.atproto.proxy;

/** Why no service was asked. */
public abstract sealed class ProxyFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private ProxyFailure(String message) {
    super(message, null, false, false);
  }

  /** The caller's name of a service cannot be read. */
  public static final class BadName extends ProxyFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with it. */
    public BadName(String message) {
      super(message);
    }
  }

  /** The caller named no service, and the host has none for this. */
  public static final class NotConfigured extends ProxyFailure {
    private static final long serialVersionUID = 1L;

    /** Says for what. */
    public NotConfigured(String message) {
      super(message);
    }
  }

  /** The identity is unknown, or its document has no such service. */
  public static final class NotFound extends ProxyFailure {
    private static final long serialVersionUID = 1L;

    /** Says which. */
    public NotFound(String message) {
      super(message);
    }
  }

  /** As many services are asked already as the host allows at once. */
  public static final class Busy extends ProxyFailure {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public Busy() {
      super("too many services are asked already; try again in a few seconds");
    }
  }

  /** The service answered something that is no answer. */
  public static final class BadAnswer extends ProxyFailure {
    private static final long serialVersionUID = 1L;

    /** Says what. */
    public BadAnswer(String message) {
      super(message);
    }
  }
}
