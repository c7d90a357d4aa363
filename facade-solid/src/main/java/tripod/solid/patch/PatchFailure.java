package tripod.solid.patch;

/** Why a patch is not applied. Messages may be shown to the sender. */
public abstract sealed class PatchFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PatchFailure(String message) {
    super(message);
  }

  /** The body cannot be read as what it says it is. */
  public static final class Malformed extends PatchFailure {
    private static final long serialVersionUID = 1L;

    /** Says where reading stopped. */
    public Malformed(String message) {
      super(message);
    }
  }

  /** The body can be read and breaks a rule of patches. */
  public static final class Invalid extends PatchFailure {
    private static final long serialVersionUID = 1L;

    /** Says which rule. */
    public Invalid(String message) {
      super(message);
    }
  }

  /** The patch does not fit the state of the document. */
  public static final class Mismatch extends PatchFailure {
    private static final long serialVersionUID = 1L;

    /** Says what is not there, or is there more than once. */
    public Mismatch(String message) {
      super(message);
    }
  }
}
