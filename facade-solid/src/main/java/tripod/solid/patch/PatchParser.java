package tripod.solid.patch;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tripod.syntax.MediaType;

/** The kinds of patch that are taken, each with its reader. */
public enum PatchParser {
  /** Notation3 with a patch node, the form that Solid defines. */
  N3("text/n3"),
  /** A subset of SPARQL Update, for clients from before 2022. */
  SPARQL_UPDATE("application/sparql-update");

  private final String mediaType;

  PatchParser(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Returns the reader for a content type. */
  public static Optional<PatchParser> of(MediaType type) {
    for (PatchParser parser : values()) {
      if (type.is(parser.mediaType)) {
        return Optional.of(parser);
      }
    }
    return Optional.empty();
  }

  /** Returns the media types in the order of preference, for {@code Accept-Patch}. */
  public static List<String> mediaTypes() {
    return List.of(N3.mediaType, SPARQL_UPDATE.mediaType);
  }

  /**
   * Reads a patch.
   *
   * @param base IRI of the document, against which relative IRIs are resolved
   * @throws PatchFailure when it cannot be read or breaks a rule
   */
  public Patch parse(byte[] body, String base) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw new PatchFailure.Malformed("the body is not UTF-8");
    }
    return switch (this) {
      case N3 -> new N3PatchParser(text, base).parse();
      case SPARQL_UPDATE -> new SparqlUpdateParser(text, base).parse();
    };
  }
}
