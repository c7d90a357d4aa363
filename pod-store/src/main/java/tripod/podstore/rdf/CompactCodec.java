package tripod.podstore.rdf;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.shared.JenaException;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.PodFailure;
import tripod.syntax.MediaType;

/**
 * The store's own form of a graph: each term once, then triples as small numbers.
 *
 * <p>Layout of version 1, numbers seven bits an octet: version; count of terms; terms (a kind, then
 * for an IRI the number of a beginning and the rest as text, for a literal its text and its
 * datatype or language, for a blank node nothing); count of triples; triples sorted by subject,
 * each as the distance from the subject before, predicate and object. IRIs below the base are kept
 * relative to it, so that a graph can move.
 */
public final class CompactCodec {
  /** The media type of this form. */
  public static final MediaType MEDIA_TYPE = MediaType.parse("application/vnd.tripod.graph");

  private static final int VERSION = 1;
  private static final int IRI = 0;
  private static final int PLAIN = 1;
  private static final int TYPED = 2;
  private static final int TAGGED = 3;
  private static final int BLANK = 4;
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

  /**
   * Beginnings of IRIs by number; zero is the base, one is none. Append only: the numbers are in
   * stored bytes.
   */
  private static final List<String> BEGINNINGS =
      List.of(
          "",
          "",
          "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
          "http://www.w3.org/2000/01/rdf-schema#",
          XSD,
          "https://www.w3.org/ns/activitystreams#",
          "http://www.w3.org/ns/ldp#",
          "http://www.w3.org/ns/auth/acl#",
          "http://xmlns.com/foaf/0.1/",
          "http://www.w3.org/ns/solid/terms#",
          "http://www.w3.org/2006/vcard/ns#",
          "http://schema.org/",
          "https://schema.org/",
          "http://purl.org/dc/terms/",
          "http://www.w3.org/2002/07/owl#",
          "https://w3id.org/tripod/atd#",
          "https://w3id.org/tripod/key#",
          "https://w3id.org/tripod/ns#",
          "https://w3id.org/tripod/lex/",
          "http://www.w3.org/ns/prov#",
          "at://did%3Aplc%3A",
          "did:plc:",
          "pod:/",
          "https://");

  private CompactCodec() {}

  /**
   * Writes a graph.
   *
   * @param base the IRI of the document that holds it
   */
  public static byte[] encode(Graph graph, String base) {
    var terms = new LinkedHashMap<Node, Integer>();
    var triples = new ArrayList<int[]>();
    graph
        .find()
        .forEachRemaining(
            t ->
                triples.add(
                    new int[] {
                      number(terms, t.getSubject()),
                      number(terms, t.getPredicate()),
                      number(terms, t.getObject())
                    }));
    triples.sort(
        Comparator.<int[]>comparingInt(t -> t[0])
            .thenComparingInt(t -> t[1])
            .thenComparingInt(t -> t[2]));
    var out = new ByteArrayOutputStream(32 * triples.size() + 16);
    out.write(VERSION);
    write(out, terms.size());
    for (Node term : terms.keySet()) {
      term(out, term, base);
    }
    write(out, triples.size());
    int subject = 0;
    for (int[] triple : triples) {
      write(out, triple[0] - subject);
      write(out, triple[1]);
      write(out, triple[2]);
      subject = triple[0];
    }
    return out.toByteArray();
  }

  private static int number(Map<Node, Integer> terms, Node node) {
    Integer known = terms.putIfAbsent(node, terms.size());
    return known == null ? terms.size() - 1 : known;
  }

  private static void term(ByteArrayOutputStream out, Node node, String base) {
    if (node.isURI()) {
      out.write(IRI);
      iri(out, node.getURI(), base);
    } else if (node.isBlank()) {
      out.write(BLANK);
    } else if (!node.isLiteral()) {
      throw new IllegalArgumentException("no term of a stored graph: " + node);
    } else if (!node.getLiteralLanguage().isEmpty()) {
      out.write(TAGGED);
      text(out, node.getLiteralLexicalForm());
      text(out, node.getLiteralLanguage());
    } else if (node.getLiteralDatatypeURI().equals(XSD + "string")) {
      out.write(PLAIN);
      text(out, node.getLiteralLexicalForm());
    } else {
      out.write(TYPED);
      text(out, node.getLiteralLexicalForm());
      iri(out, node.getLiteralDatatypeURI(), base);
    }
  }

  private static void iri(ByteArrayOutputStream out, String iri, String base) {
    int best = 1;
    int length = 0;
    if (isWithin(iri, base)) {
      best = 0;
      length = base.length();
    }
    for (int i = 2; i < BEGINNINGS.size(); i++) {
      String beginning = BEGINNINGS.get(i);
      if (beginning.length() > length && iri.startsWith(beginning)) {
        best = i;
        length = beginning.length();
      }
    }
    write(out, best);
    text(out, iri.substring(length));
  }

  /** Says whether an IRI is the document's, one of its fragments, or a container's member. */
  private static boolean isWithin(String iri, String base) {
    return iri.startsWith(base)
        && (iri.length() == base.length()
            || iri.charAt(base.length()) == '#'
            || base.endsWith("/"));
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    write(out, bytes.length);
    out.writeBytes(bytes);
  }

  private static void write(ByteArrayOutputStream out, int value) {
    int rest = value;
    while ((rest & ~0x7f) != 0) {
      out.write((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    out.write(rest);
  }

  /**
   * Reads a graph.
   *
   * @param base the IRI of the document that holds it
   * @throws PodFailure.Invalid when the bytes are not of this form
   */
  public static Graph decode(byte[] bytes, String base) {
    try {
      return new Reading(bytes, base).graph();
    } catch (IndexOutOfBoundsException | IllegalArgumentException | JenaException e) {
      // Jena refuses some language tags with a fault of its own formatting.
      throw new PodFailure.Invalid("the stored graph is broken", e);
    }
  }

  private static final class Reading {
    private final byte[] bytes;
    private final String base;
    private int at;

    Reading(byte[] bytes, String base) {
      this.bytes = bytes;
      this.base = base;
    }

    Graph graph() {
      if (bytes[at++] != VERSION) {
        throw new PodFailure.Invalid("a stored graph of version " + bytes[0]);
      }
      int count = number();
      var terms = new ArrayList<Node>(Math.min(count, bytes.length));
      for (int i = 0; i < count; i++) {
        terms.add(term());
      }
      Graph graph = GraphFactory.createDefaultGraph();
      int subject = 0;
      for (int left = number(); left > 0; left--) {
        subject += number();
        Node predicate = terms.get(number());
        graph.add(Triple.create(terms.get(subject), predicate, terms.get(number())));
      }
      return graph;
    }

    private Node term() {
      return switch (bytes[at++]) {
        case IRI -> NodeFactory.createURI(iri());
        case PLAIN -> NodeFactory.createLiteralString(text());
        case TYPED -> {
          String text = text();
          yield NodeFactory.createLiteralDT(
              text, TypeMapper.getInstance().getSafeTypeByName(iri()));
        }
        case TAGGED -> {
          String text = text();
          yield NodeFactory.createLiteralLang(text, text());
        }
        case BLANK -> NodeFactory.createBlankNode();
        default -> throw new PodFailure.Invalid("an unknown kind of term");
      };
    }

    private String iri() {
      int beginning = number();
      return (beginning == 0 ? base : BEGINNINGS.get(beginning)) + text();
    }

    private String text() {
      int length = number();
      if (length < 0 || length > bytes.length - at) {
        throw new PodFailure.Invalid("the stored graph is cut off");
      }
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    private int number() {
      int value = 0;
      for (int shift = 0; ; shift += 7) {
        int octet = bytes[at++];
        value |= (octet & 0x7f) << shift;
        if (octet >= 0) {
          return value;
        }
        if (shift > 28) {
          throw new PodFailure.Invalid("a number in the stored graph is too long");
        }
      }
    }
  }
}
