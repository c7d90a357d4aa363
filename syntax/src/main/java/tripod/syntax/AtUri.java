package tripod.syntax;

import java.util.Optional;

/**
 * An {@code at://} address of an account, a collection or a record.
 *
 * <p>It has two spellings. The ordinary one, {@code at://did:plc:…/collection/rkey}, is for JSON,
 * records and people. Its colons are not allowed in the authority of an RFC 3986 URI, and RDF
 * parsers refuse it, so in RDF it is spelled {@code at://did%3Aplc%3A…/collection/rkey}; see {@link
 * #toIri()}.
 *
 * @param authority a DID, or a handle in lower case
 * @param collection the collection, if there is more than the authority
 * @param rkey the record key, if there is more than the collection
 * @see <a href="https://atproto.com/specs/at-uri-scheme">AT Protocol: AT URI scheme</a>
 */
public record AtUri(String authority, Optional<Nsid> collection, Optional<RecordKey> rkey) {
  /** The longest address in its ordinary spelling, in characters. */
  public static final int MAX_CHARS = 8192;

  private static final String KIND = "at:// address";
  private static final String SCHEME = "at://";

  /**
   * Checks the authority, lower-cases it if it is a handle, and that no record key stands without a
   * collection.
   *
   * @throws SyntaxException when the authority is neither DID nor handle, or the collection is
   *     missing
   */
  public AtUri {
    if (rkey.isPresent() && collection.isEmpty()) {
      throw new SyntaxException(KIND + " with a collection", authority + "/?/" + rkey.get());
    }
    if (!Did.isValid(authority)) {
      authority = new Handle(authority).value();
    }
  }

  /**
   * Reads the ordinary spelling.
   *
   * @param text at most {@value #MAX_CHARS} characters, with neither query, fragment nor trailing
   *     slash
   * @return the address
   * @throws SyntaxException when the text is not such an address
   */
  public static AtUri parse(String text) {
    if (text.length() > MAX_CHARS || !text.startsWith(SCHEME)) {
      throw new SyntaxException(KIND, text);
    }
    try {
      int slash = text.indexOf('/', SCHEME.length());
      return slash < 0
          ? new AtUri(text.substring(SCHEME.length()), Optional.empty(), Optional.empty())
          : withPath(text.substring(SCHEME.length(), slash), text, slash + 1);
    } catch (SyntaxException e) {
      var whole = new SyntaxException(KIND, text);
      whole.initCause(e);
      throw whole;
    }
  }

  private static AtUri withPath(String authority, String text, int start) {
    int slash = text.indexOf('/', start);
    return slash < 0
        ? new AtUri(authority, Optional.of(new Nsid(text.substring(start))), Optional.empty())
        : new AtUri(
            authority,
            Optional.of(new Nsid(text.substring(start, slash))),
            Optional.of(new RecordKey(text.substring(slash + 1))));
  }

  /**
   * Tells whether a text is an address in its ordinary spelling.
   *
   * @param text anything
   * @return whether {@link #parse} takes it
   */
  public static boolean isValid(String text) {
    if (text.length() > MAX_CHARS || !text.startsWith(SCHEME)) {
      return false;
    }
    int slash = text.indexOf('/', SCHEME.length());
    if (slash < 0) {
      return AtIdentifier.isValid(text.substring(SCHEME.length()));
    }
    int second = text.indexOf('/', slash + 1);
    return AtIdentifier.isValid(text.substring(SCHEME.length(), slash))
        && (second < 0
            ? Nsid.isValid(text.substring(slash + 1))
            : Nsid.isValid(text.substring(slash + 1, second))
                && RecordKey.isValid(text.substring(second + 1)));
  }

  /**
   * Makes the address of a record.
   *
   * @param repo the account
   * @param collection the collection
   * @param rkey the record key
   * @return the address
   */
  public static AtUri of(Did repo, Nsid collection, RecordKey rkey) {
    return new AtUri(repo.value(), Optional.of(collection), Optional.of(rkey));
  }

  /**
   * Tells whether the authority is a DID, so that the address stays when the handle changes.
   *
   * @return false when the authority is a handle
   */
  public boolean hasDid() {
    return authority.startsWith("did:");
  }

  /**
   * Gives the DID of the authority.
   *
   * @return the account
   * @throws SyntaxException when the authority is a handle
   */
  public Did did() {
    return new Did(authority);
  }

  /**
   * Gives the ordinary spelling.
   *
   * @return what {@link #parse} reads
   */
  @Override
  public String toString() {
    return SCHEME + authority + path();
  }

  private String path() {
    return collection.map(c -> "/" + c).orElse("") + rkey.map(r -> "/" + r).orElse("");
  }

  /**
   * Gives the spelling for RDF, in which each colon of the DID is {@code %3A}.
   *
   * <p>A percent sign of the DID (the port of a {@code did:web}) becomes {@code %25}; otherwise
   * {@code did:web:a.example%3A80} and {@code did:web:a.example:80} would become one.
   *
   * @return an IRI by RFC 3987, which {@link #parseIri} reads
   * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2">RFC 3986, section 3.2.2</a>
   */
  public String toIri() {
    return SCHEME + authority.replace("%", "%25").replace(":", "%3A") + path();
  }

  /**
   * Reads the spelling for RDF, and only that which {@link #toIri()} gives.
   *
   * <p>The map is one to one: a colon that is not encoded, an encoding in lower case or of any
   * other character, and capitals in a handle are refused. Whoever takes both spellings tries
   * {@link #parse} as well.
   *
   * @param iri the address
   * @return the address
   * @throws SyntaxException when the text is not an address in this spelling
   */
  public static AtUri parseIri(String iri) {
    if (iri.startsWith(SCHEME)) {
      int slash = iri.indexOf('/', SCHEME.length());
      int end = slash < 0 ? iri.length() : slash;
      String authority = iri.substring(SCHEME.length(), end);
      String plain =
          SCHEME + authority.replace("%3A", ":").replace("%25", "%") + iri.substring(end);
      if (isValid(plain)) {
        AtUri uri = parse(plain);
        if (uri.toIri().equals(iri)) {
          return uri;
        }
      }
    }
    throw new SyntaxException(KIND + " as IRI", iri);
  }
}
