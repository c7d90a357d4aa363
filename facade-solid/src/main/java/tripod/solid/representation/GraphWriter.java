package tripod.solid.representation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/**
 * Writes a graph subject by subject into a stream, holding no more than one subject.
 *
 * <p>Belongs to one thread. {@link #finish} must be called, and does not close the stream.
 */
public abstract sealed class GraphWriter permits TurtleWriter, JsonLdWriter, NTriplesWriter {
  private static final int FLUSH_CHARS = 16 * 1024;

  private final OutputStream out;
  private final IriForm iris;
  private final Map<Node, String> blanks = new LinkedHashMap<>();

  /** What was written and not yet sent. */
  final StringBuilder text = new StringBuilder(1024);

  GraphWriter(OutputStream out, IriForm iris) {
    this.out = out;
    this.iris = iris;
  }

  /**
   * Makes a writer.
   *
   * @param prefixes namespaces to shorten IRIs with, where the syntax can
   * @param iris how IRIs are spelled
   */
  public static GraphWriter of(
      RdfSyntax syntax, OutputStream out, Map<String, String> prefixes, IriForm iris) {
    return switch (syntax) {
      case TURTLE -> new TurtleWriter(out, prefixes, iris);
      case JSON_LD -> new JsonLdWriter(out, iris);
      case N_TRIPLES -> new NTriplesWriter(out);
    };
  }

  /** Writes a whole document, its subjects in the order in which they first appear. */
  public static byte[] bytes(RdfDocument document, RdfSyntax syntax, IriForm iris) {
    var bytes = new ByteArrayOutputStream();
    GraphWriter writer = of(syntax, bytes, document.prefixes(), iris);
    bySubject(document.triples()).forEach(writer::node);
    writer.finish();
    return bytes.toByteArray();
  }

  /** Gathers triples by subject and predicate, in order of first appearance. */
  public static Map<Node, Map<Node, List<Node>>> bySubject(Iterable<Triple> triples) {
    Map<Node, Map<Node, List<Node>>> nodes = new LinkedHashMap<>();
    for (Triple triple : triples) {
      nodes
          .computeIfAbsent(triple.getSubject(), any -> new LinkedHashMap<>())
          .computeIfAbsent(triple.getPredicate(), any -> new ArrayList<>())
          .add(triple.getObject());
    }
    return nodes;
  }

  /** Writes what is said of one subject. */
  public final void node(Node subject, Map<Node, List<Node>> properties) {
    block(subject, properties);
    if (text.length() >= FLUSH_CHARS) {
      send();
    }
  }

  /** Writes the end of the document and hands everything to the stream. */
  public final void finish() {
    end();
    send();
  }

  abstract void block(Node subject, Map<Node, List<Node>> properties);

  abstract void end();

  /** Returns how an IRI is spelled in this document. */
  final String spelled(String iri) {
    return iris.spell(iri);
  }

  final String blank(Node node) {
    return blanks.computeIfAbsent(node, any -> "_:b" + blanks.size());
  }

  private void send() {
    try {
      out.write(text.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    text.setLength(0);
  }

  /**
   * Appends the inside of a quoted string with the escapes that Turtle, N-Triples and JSON share.
   */
  final void appendEscaped(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            text.append(String.format("\\u%04X", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
  }
}
