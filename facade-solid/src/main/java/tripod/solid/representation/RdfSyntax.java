package tripod.solid.representation;

import java.util.Optional;
import tripod.syntax.MediaType;

/** The RDF syntaxes that documents are taken and given in, the preferred one first. */
public enum RdfSyntax {
  /** Turtle, the form every Solid client knows. */
  TURTLE('t'),
  /** JSON-LD 1.1. */
  JSON_LD('j'),
  /** N-Triples. */
  N_TRIPLES('n');

  private final char mark;

  RdfSyntax(char mark) {
    this.mark = mark;
  }

  /** Returns the media type, without parameters. */
  public MediaType mediaType() {
    return switch (this) {
      case TURTLE -> MediaType.TURTLE;
      case JSON_LD -> MediaType.JSON_LD;
      case N_TRIPLES -> Types.N_TRIPLES;
    };
  }

  /** Returns the letter that tells this form from others in an entity tag. */
  public char mark() {
    return mark;
  }

  /** Returns the syntax a document of this type is read with; empty when it is not RDF to us. */
  public static Optional<RdfSyntax> reading(MediaType type) {
    return type.is(MediaType.ACTIVITY_JSON) ? Optional.of(JSON_LD) : exactly(type);
  }

  /** Returns the syntax whose type this is exactly, so that stored bytes can go out unchanged. */
  public static Optional<RdfSyntax> exactly(MediaType type) {
    for (RdfSyntax syntax : values()) {
      if (type.is(syntax.mediaType())) {
        return Optional.of(syntax);
      }
    }
    return Optional.empty();
  }

  private static final class Types {
    static final MediaType N_TRIPLES = MediaType.parse("application/n-triples");
  }
}
