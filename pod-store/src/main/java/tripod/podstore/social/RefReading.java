package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.AtUri;
import tripod.syntax.SyntaxException;

/** Reads a reference in any spelling: a web address, or an at-uri in its ordinary or RDF form. */
public final class RefReading {
  private RefReading() {}

  /** Returns the reference that a text is. */
  public static Ref of(String text) {
    if (text.startsWith("at://")) {
      try {
        AtUri at = AtUri.isValid(text) ? AtUri.parse(text) : AtUri.parseIri(text);
        return new Ref(Optional.of(at), Optional.empty(), Optional.empty());
      } catch (SyntaxException e) {
        // An address that no record can have is kept as a name, and found by nobody.
        return new Ref(Optional.empty(), Optional.empty(), Optional.of(text));
      }
    }
    return new Ref(Optional.empty(), Optional.empty(), Optional.of(text));
  }

  /** Says whether a text can stand in a graph as an IRI; what came from outside may be anything. */
  public static boolean isIri(String text) {
    return Terms.isIri(text);
  }
}
