package tripod.podstore.rdf;

/**
 * Limits of documents that read as graphs (SEC-31 to SEC-33), each with its unit: of those that are
 * stored and of those that a door takes in.
 */
public final class RdfLimits {
  /** Most triples of one document. */
  public static final int TRIPLES_MAX = 100_000;

  /** Longest literal in characters. */
  public static final int LITERAL_CHARS_MAX = 1024 * 1024;

  /** Longest IRI in characters. */
  public static final int IRI_CHARS_MAX = 4096;

  /** Most prefixes of one document; the same one declared again counts once. */
  public static final int PREFIXES_MAX = 256;

  /** Longest time one JSON-LD document may take, in milliseconds. */
  public static final int JSON_LD_MS_MAX = 1_000;

  /** Longest context that stands inside a JSON-LD document, in characters (SEC-32). */
  public static final int CONTEXT_CHARS_MAX = 64 * 1024;

  private RdfLimits() {}
}
