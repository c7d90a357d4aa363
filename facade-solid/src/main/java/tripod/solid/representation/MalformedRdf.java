package tripod.solid.representation;

/** A body that says it is RDF and cannot be read as RDF, or passes a limit on the way. */
public final class MalformedRdf extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong; may be shown to the sender. */
  public MalformedRdf(String message) {
    super(message);
  }

  /** Says what is wrong, and keeps the parser's own words for the log. */
  public MalformedRdf(String message, Throwable cause) {
    super(message, cause);
  }
}
