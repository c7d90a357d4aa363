package tripod.podstore.rdf;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.sys.JenaSystem;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.syntax.MediaType;

/** Reads what a resource holds as a graph. */
public final class Graphs {
  /** N-Triples. */
  public static final MediaType N_TRIPLES = MediaType.parse("application/n-triples");

  static {
    JenaSystem.init();
  }

  private Graphs() {}

  /** Returns the IRI by which a path is called inside the house, without any domain (NAM-1). */
  public static String base(PodPath path) {
    return "pod:" + encode(path.value());
  }

  /** Percent-encodes as the pod's addresses on the wire are, so that both name one resource. */
  private static String encode(String path) {
    StringBuilder encoded = null;
    byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int c = bytes[i] & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "/-._~!$&'()*+,;=:@".indexOf(c) >= 0;
      if (!plain && encoded == null) {
        encoded = new StringBuilder(bytes.length + 16);
        encoded.append(new String(bytes, 0, i, StandardCharsets.US_ASCII));
      }
      if (encoded != null) {
        if (plain) {
          encoded.append((char) c);
        } else {
          encoded.append(String.format("%%%02X", c));
        }
      }
    }
    return encoded == null ? path : encoded.toString();
  }

  /**
   * Reads a document.
   *
   * @param base the IRI that relative ones are relative to
   * @throws PodFailure.Invalid when it breaks its own form
   */
  public static Graph read(Content.Document document, String base) {
    MediaType type = document.mediaType();
    if (type.is(MediaType.TURTLE)) {
      DepthScan.turtle(document.bytes());
      return parse(document.bytes(), Lang.TURTLE, base);
    }
    if (type.is(N_TRIPLES)) {
      DepthScan.turtle(document.bytes());
      return parse(document.bytes(), Lang.NTRIPLES, base);
    }
    throw new PodFailure.Invalid("does not read as a graph: " + type);
  }

  private static Graph parse(byte[] bytes, Lang lang, String base) {
    try {
      return RDFParser.create()
          .source(new ByteArrayInputStream(bytes))
          .lang(lang)
          .base(base)
          .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
          .toGraph();
    } catch (RiotException e) {
      throw new PodFailure.Invalid("the document does not parse: " + e.getMessage(), e);
    }
  }
}
