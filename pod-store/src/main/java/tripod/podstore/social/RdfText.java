package tripod.podstore.social;

import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.RIOT;
import org.apache.jena.riot.RiotException;
import org.apache.jena.riot.system.ErrorHandlerFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Reads and writes the RDF documents of social resources. */
final class RdfText {
  /** Most brackets inside each other; the parsers recurse (SEC-30). */
  static final int DEPTH_MAX = 64;

  private static final MediaType N_TRIPLES = MediaType.parse("application/n-triples");

  private RdfText() {}

  static boolean isRdf(MediaType type) {
    return lang(type).isPresent();
  }

  private static Optional<Lang> lang(MediaType type) {
    if (type.is(MediaType.TURTLE)) {
      return Optional.of(Lang.TURTLE);
    }
    if (type.is(MediaType.JSON_LD)) {
      return Optional.of(Lang.JSONLD11);
    }
    return type.is(N_TRIPLES) ? Optional.of(Lang.NTRIPLES) : Optional.empty();
  }

  /**
   * Reads a document.
   *
   * @throws PodFailure.Invalid when it is not RDF
   */
  static Graph read(Content.Document document, String base) {
    Lang lang = lang(document.mediaType()).orElseThrow();
    if (lang.equals(Lang.JSONLD11)) {
      return JsonLdText.read(document.bytes(), base);
    }
    String text = utf8(document.bytes());
    checkDepth(text);
    Graph graph = GraphFactory.createDefaultGraph();
    try {
      RDFParser.fromString(text, lang)
          .base(base)
          .errorHandler(ErrorHandlerFactory.errorHandlerStrictNoLogging)
          .parse(graph);
    } catch (RiotException e) {
      throw new PodFailure.Invalid("not " + document.mediaType() + ": " + e.getMessage(), e);
    }
    return graph;
  }

  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new PodFailure.Invalid("the document is not in UTF-8", e);
    }
  }

  /** Writes a graph as Turtle whose own IRIs hold no domain (NAM-1). */
  static Content.Document turtle(Graph graph, String base, PodNames names) {
    Graph relative = GraphFactory.createDefaultGraph();
    graph
        .find()
        .forEachRemaining(
            t ->
                relative.add(
                    Triple.create(
                        relative(t.getSubject(), base, names),
                        relative(t.getPredicate(), base, names),
                        relative(t.getObject(), base, names))));
    relative.getPrefixMapping().setNsPrefix("as", Terms.AS);
    relative.getPrefixMapping().setNsPrefix("foaf", Terms.FOAF);
    relative.getPrefixMapping().setNsPrefix("schema", Terms.SCHEMA);
    relative.getPrefixMapping().setNsPrefix("tp", Terms.TP);
    relative.getPrefixMapping().setNsPrefix("vcard", Terms.VCARD);
    relative.getPrefixMapping().setNsPrefix("xsd", "http://www.w3.org/2001/XMLSchema#");
    String text =
        RDFWriter.create()
            .source(relative)
            .lang(Lang.TURTLE)
            .set(RIOT.symTurtleOmitBase, true)
            .asString();
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Node relative(Node node, String base, PodNames names) {
    if (!node.isURI()) {
      return node;
    }
    String iri = node.getURI();
    if (iri.equals(base)) {
      return NodeFactory.createURI("");
    }
    if (iri.startsWith(base + "#")) {
      return NodeFactory.createURI(iri.substring(base.length()));
    }
    return names
        .path(iri)
        .filter(path -> !path.startsWith("//"))
        .map(NodeFactory::createURI)
        .orElse(node);
  }

  /** Counts the brackets of JSON outside of strings. */
  static void checkJsonDepth(String text) {
    int depth = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (inside) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inside = false;
        }
      } else if (c == '"') {
        inside = true;
      } else if (c == '{' || c == '[') {
        depth++;
        if (depth > DEPTH_MAX) {
          throw new PodFailure.Invalid("JSON is deeper than " + DEPTH_MAX + " levels");
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
  }

  /** Counts brackets outside of strings, IRIs and comments. */
  private static void checkDepth(String text) {
    int depth = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\'' -> i = stringEnd(text, i);
        case '<' -> {
          int end = text.indexOf('>', i);
          i = end < 0 ? text.length() : end;
        }
        case '#' -> {
          int end = text.indexOf('\n', i);
          i = end < 0 ? text.length() : end;
        }
        case '[', '(' -> {
          depth++;
          if (depth > DEPTH_MAX) {
            throw new PodFailure.Invalid("RDF is deeper than " + DEPTH_MAX + " levels");
          }
        }
        case ']', ')' -> depth--;
        default -> {}
      }
      i++;
    }
  }

  /** Returns the index of the last quotation mark of the string that begins at an index. */
  private static int stringEnd(String text, int from) {
    String quote = text.substring(from, from + 1);
    String end = text.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
    int i = from + end.length();
    while (i < text.length()) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.startsWith(end, i)) {
        return i + end.length() - 1;
      }
      i++;
    }
    return text.length();
  }
}
