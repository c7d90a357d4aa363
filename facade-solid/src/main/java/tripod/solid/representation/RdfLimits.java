package tripod.solid.representation;

/** Limits on RDF from outside (SEC-11, SEC-31, SEC-32), each with its unit. */
public final class RdfLimits {
  /** Largest RDF body in bytes. */
  public static final int BODY_BYTES_MAX = 10 * 1024 * 1024;

  /** Largest patch in bytes. */
  public static final int PATCH_BYTES_MAX = 1024 * 1024;

  /** Most triples of one document. */
  public static final int TRIPLES_MAX = 100_000;

  /** Longest literal in characters. */
  public static final int LITERAL_CHARS_MAX = 1024 * 1024;

  /** Longest IRI in characters. */
  public static final int IRI_CHARS_MAX = 4096;

  /** Most prefixes of one document. */
  public static final int PREFIXES_MAX = 256;

  private RdfLimits() {}
}
