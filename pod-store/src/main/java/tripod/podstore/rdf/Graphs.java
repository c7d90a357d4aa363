package tripod.podstore.rdf;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sys.JenaSystem;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagCbor;
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
   * @param base the IRI that relative ones are relative to, and of which a block is the record
   * @throws PodFailure.Invalid when it breaks its own form
   * @throws PodFailure.TooLarge past a limit of {@link RdfLimits}
   */
  public static Graph read(Content.Document document, String base) {
    MediaType type = document.mediaType();
    byte[] bytes = document.bytes();
    if (type.is(MediaType.DAG_CBOR)) {
      return AtdGraph.of(DagCbor.decodeLenient(bytes), base + Aspect.NATIVE.suffix());
    }
    if (type.is(CompactCodec.MEDIA_TYPE)) {
      return CompactCodec.decode(bytes, base);
    }
    Graph graph = GraphFactory.createDefaultGraph();
    var sink = new LimitedSink(graph::add);
    try {
      if (type.is(MediaType.TURTLE)) {
        DepthScan.turtle(bytes);
        parse(bytes, Lang.TURTLE, base, sink);
      } else if (type.is(N_TRIPLES)) {
        DepthScan.turtle(bytes);
        parse(bytes, Lang.NTRIPLES, base, sink);
      } else if (type.is(MediaType.JSON_LD)) {
        JsonLdReading.read(bytes, base, false, sink::triple);
      } else if (type.is(MediaType.ACTIVITY_JSON)) {
        JsonLdReading.read(bytes, base, true, sink::triple);
      } else {
        throw new PodFailure.Invalid("does not read as a graph: " + type);
      }
    } catch (StackOverflowError e) {
      // The last net under the scan (SEC-04); no known input reaches it.
      throw new PodFailure.Invalid("nested too deeply", e);
    }
    return graph;
  }

  private static void parse(byte[] bytes, Lang lang, String base, LimitedSink sink) {
    try {
      RDFParser.create()
          .source(new ByteArrayInputStream(bytes))
          .lang(lang)
          .base(base)
          .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
          .parse(sink);
    } catch (RiotException e) {
      throw new PodFailure.Invalid("the document does not parse: " + e.getMessage(), e);
    }
  }
}
