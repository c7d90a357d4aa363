package tripod.podstore.rdf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.jena.datatypes.RDFDatatype;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/**
 * The native graph of a record: any value of the data model as RDF and back, without loss and
 * without looking at a lexicon (mapping ATD-1 to ATD-12). Pure.
 *
 * <p>Every map and list is named by the way that leads to it, so there are no blank nodes, and two
 * graphs are equal when their sets of triples are.
 */
public final class AtdGraph {
  private static final String ATD = "https://w3id.org/tripod/atd#";
  private static final String KEY = "https://w3id.org/tripod/key#";
  private static final String MEMBER = "http://www.w3.org/1999/02/22-rdf-syntax-ns#_";
  private static final String ROOT = "#at";
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  static {
    JenaSystem.init(); // before any of its terms is made
  }

  private static final Node TYPE = RDF.type.asNode();
  private static final Node NULL = NodeFactory.createURI(ATD + "null");
  private static final Node MAP = NodeFactory.createURI(ATD + "Map");
  private static final Node LIST = NodeFactory.createURI(ATD + "List");
  private static final RDFDatatype CID = TypeMapper.getInstance().getSafeTypeByName(ATD + "cid");

  private final Graph graph;

  private AtdGraph(Graph graph) {
    this.graph = graph;
  }

  /**
   * Returns the graph of a record.
   *
   * @param document IRI of the graph, which ends with {@code .atproto}
   */
  public static Graph of(DagFields record, String document) {
    AtdGraph writing = new AtdGraph(GraphFactory.createDefaultGraph());
    writing.write(record, document + ROOT);
    return writing.graph;
  }

  /**
   * Returns the record that a graph says.
   *
   * @param document IRI of the graph
   * @throws PodFailure.Invalid when the graph breaks a rule of the form or says anything besides
   */
  public static DagFields read(Graph graph, String document) {
    Reading reading = new Reading(graph);
    DagValue value = reading.node(NodeFactory.createURI(document + ROOT), 1);
    if (!(value instanceof DagFields record)) {
      throw new PodFailure.Invalid("the root of a record is a map");
    }
    if (reading.seen != graph.size()) {
      throw new PodFailure.Invalid(
          "the graph has "
              + graph.size()
              + " triples, and "
              + reading.seen
              + " of them say the record");
    }
    return record;
  }

  /** Returns a key as it stands in a predicate and in the name of a node (ATD-1). */
  public static String encode(String key) {
    StringBuilder out = new StringBuilder(key.length());
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(b)) {
        out.append((char) b);
      } else {
        out.append('%').append(HEX[(b >> 4) & 15]).append(HEX[b & 15]);
      }
    }
    return out.toString();
  }

  private static boolean isPlain(byte b) {
    return (b >= 'A' && b <= 'Z')
        || (b >= 'a' && b <= 'z')
        || (b >= '0' && b <= '9')
        || b == '-'
        || b == '.'
        || b == '_'
        || b == '~';
  }

  private static String decode(String encoded) {
    byte[] bytes = new byte[encoded.length()];
    int size = 0;
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c == '%' && i + 2 < encoded.length()) {
        int high = Character.digit(encoded.charAt(i + 1), 16);
        int low = Character.digit(encoded.charAt(i + 2), 16);
        bytes[size++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        bytes[size++] = (byte) c;
      }
    }
    String key = new String(bytes, 0, size, StandardCharsets.UTF_8);
    if (!encode(key).equals(encoded)) {
      throw new PodFailure.Invalid("not the one spelling of a key: " + encoded);
    }
    return key;
  }

  private Node write(DagValue value, String name) {
    return switch (value) {
      case DagScalar scalar -> literal(scalar);
      case DagValue.Items items -> {
        Node node = NodeFactory.createURI(name);
        graph.add(node, TYPE, LIST);
        int index = 0;
        for (DagValue item : items.items()) {
          Node object = write(item, name + "/" + index);
          graph.add(node, NodeFactory.createURI(MEMBER + ++index), object);
        }
        yield node;
      }
      case DagFields fields -> {
        Node node = NodeFactory.createURI(name);
        graph.add(node, TYPE, MAP);
        for (int i = 0; i < fields.size(); i++) {
          String key = encode(fields.key(i));
          graph.add(
              node, NodeFactory.createURI(KEY + key), write(fields.value(i), name + "/" + key));
        }
        yield node;
      }
    };
  }

  private static Node literal(DagScalar scalar) {
    return switch (scalar) {
      case DagScalar.Null nothing -> NULL;
      case DagScalar.Text text -> NodeFactory.createLiteralString(text.value());
      case DagScalar.Int integer ->
          NodeFactory.createLiteralDT(Long.toString(integer.value()), XSDDatatype.XSDinteger);
      case DagScalar.Bool truth ->
          NodeFactory.createLiteralDT(Boolean.toString(truth.value()), XSDDatatype.XSDboolean);
      case DagScalar.Link link -> NodeFactory.createLiteralDT(link.cid().toString(), CID);
      case DagScalar.Bytes bytes ->
          NodeFactory.createLiteralDT(
              Base64.getEncoder().encodeToString(bytes.value()), XSDDatatype.XSDbase64Binary);
    };
  }

  private static final class Reading {
    private final Graph graph;
    private int seen;

    Reading(Graph graph) {
      this.graph = graph;
    }

    DagValue node(Node node, int depth) {
      if (depth > DagCbor.DEPTH_MAX) {
        throw new PodFailure.Invalid("the record is deeper than " + DagCbor.DEPTH_MAX + " levels");
      }
      boolean map = graph.contains(node, TYPE, MAP);
      boolean list = graph.contains(node, TYPE, LIST);
      if (map == list) {
        throw new PodFailure.Invalid("neither a map nor a list: " + node);
      }
      seen++;
      List<Triple> entries = new ArrayList<>(graph.find(node, Node.ANY, Node.ANY).toList());
      entries.removeIf(triple -> triple.getPredicate().equals(TYPE));
      seen += entries.size();
      return map ? map(node, entries, depth) : list(node, entries, depth);
    }

    private DagValue map(Node node, List<Triple> entries, int depth) {
      DagFields.Builder fields = DagFields.builder();
      Set<String> keys = new HashSet<>();
      for (Triple entry : entries) {
        String encoded = after(entry.getPredicate(), KEY);
        if (!keys.add(encoded)) {
          throw new PodFailure.Invalid("a key has two values: " + encoded);
        }
        fields.put(decode(encoded), value(entry.getObject(), node, encoded, depth));
      }
      return fields.build();
    }

    private DagValue list(Node node, List<Triple> entries, int depth) {
      DagValue[] items = new DagValue[entries.size()];
      for (Triple entry : entries) {
        int index = index(after(entry.getPredicate(), MEMBER), items.length);
        if (items[index] != null) {
          throw new PodFailure.Invalid("an item has two values: " + entry.getPredicate());
        }
        items[index] = value(entry.getObject(), node, Integer.toString(index), depth);
      }
      return DagValue.of(List.of(items));
    }

    private static int index(String number, int size) {
      if (number.matches("[1-9][0-9]{0,8}") && Integer.parseInt(number) <= size) {
        return Integer.parseInt(number) - 1;
      }
      throw new PodFailure.Invalid("a list of " + size + " has no item " + number);
    }

    private static String after(Node predicate, String prefix) {
      if (predicate.isURI() && predicate.getURI().startsWith(prefix)) {
        return predicate.getURI().substring(prefix.length());
      }
      throw new PodFailure.Invalid("expected a predicate in " + prefix + ", got " + predicate);
    }

    private DagValue value(Node object, Node parent, String token, int depth) {
      if (object.isLiteral()) {
        return scalar(object);
      }
      if (object.equals(NULL)) {
        return DagScalar.Null.NULL;
      }
      // ATD-8: the name is the way, so that no two places share a node and none leads back.
      if (!object.isURI() || !object.getURI().equals(parent.getURI() + "/" + token)) {
        throw new PodFailure.Invalid("expected " + parent + "/" + token + ", got " + object);
      }
      return node(object, depth + 1);
    }

    private static DagValue scalar(Node literal) {
      String text = literal.getLiteralLexicalForm();
      String type = literal.getLiteralDatatypeURI();
      if (!literal.getLiteralLanguage().isEmpty()) {
        throw new PodFailure.Invalid("a text of a record has no language");
      }
      if (type.equals(XSDDatatype.XSDstring.getURI())) {
        return DagValue.of(text);
      }
      DagValue value = other(text, type);
      Node canonical = AtdGraph.literal((DagScalar) value);
      if (!canonical.getLiteralLexicalForm().equals(text)) {
        throw new PodFailure.Invalid("not in canonical form: " + text);
      }
      return value;
    }

    private static DagValue other(String text, String type) {
      try {
        if (type.equals(XSDDatatype.XSDinteger.getURI())) {
          return DagValue.of(Long.parseLong(text));
        }
        if (type.equals(XSDDatatype.XSDboolean.getURI())) {
          return DagValue.of(Boolean.parseBoolean(text));
        }
        if (type.equals(CID.getURI())) {
          return DagValue.of(Cid.parse(text));
        }
        if (type.equals(XSDDatatype.XSDbase64Binary.getURI())) {
          return DagValue.of(Base64.getDecoder().decode(text));
        }
      } catch (IllegalArgumentException e) {
        throw new PodFailure.Invalid("not a value of " + type + ": " + text, e);
      }
      throw new PodFailure.Invalid("a record has no values of " + type);
    }
  }
}
