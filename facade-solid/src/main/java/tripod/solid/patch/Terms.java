package tripod.solid.patch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.irix.IRIException;
import org.apache.jena.irix.IRIx;
import tripod.podstore.rdf.RdfLimits;

/** Turns words into terms: resolves IRIs, expands prefixes, remembers labels of blank nodes. */
final class Terms {
  private final Map<String, String> prefixes = new LinkedHashMap<>();
  private final Map<String, Node> blanks = new HashMap<>();
  private IRIx base;

  Terms(String base) {
    this.base = IRIx.create(base);
  }

  void base(Token iri) {
    base = IRIx.create(resolve(iri));
  }

  void prefix(String prefix, Token iri) {
    if (prefixes.size() >= RdfLimits.PREFIXES_MAX) {
      throw new PatchFailure.Malformed("more than " + RdfLimits.PREFIXES_MAX + " prefixes");
    }
    prefixes.put(prefix, resolve(iri));
  }

  /** Returns the node of a labelled blank node; the same for the same label. */
  Node blank(String label) {
    return blanks.computeIfAbsent(label, any -> NodeFactory.createBlankNode());
  }

  Node iri(Token token) {
    return NodeFactory.createURI(token.kind() == Token.Kind.IRI ? resolve(token) : expand(token));
  }

  /** Returns a literal of a string and what stands behind it, if anything. */
  Node literal(Token string, Tokens tokens) {
    String value = checked(string.text());
    if (tokens.peek().kind() == Token.Kind.AT) {
      String language = tokens.take().text();
      return NodeFactory.createLiteralLang(value, language);
    }
    if (tokens.peek().kind() == Token.Kind.TYPE) {
      tokens.take();
      Token type = tokens.take();
      if (type.kind() != Token.Kind.IRI && type.kind() != Token.Kind.NAME) {
        throw type.unexpected("a datatype");
      }
      String datatype = iri(type).getURI();
      return NodeFactory.createLiteralDT(
          value, TypeMapper.getInstance().getSafeTypeByName(datatype));
    }
    return NodeFactory.createLiteralString(value);
  }

  Node number(Token token) {
    XSDDatatype type =
        switch (token.kind()) {
          case INTEGER -> XSDDatatype.XSDinteger;
          case DECIMAL -> XSDDatatype.XSDdecimal;
          default -> XSDDatatype.XSDdouble;
        };
    return NodeFactory.createLiteralDT(token.text(), type);
  }

  static Node bool(Token token) {
    return NodeFactory.createLiteralDT(token.text(), XSDDatatype.XSDboolean);
  }

  private static String checked(String value) {
    if (value.length() > RdfLimits.LITERAL_CHARS_MAX) {
      throw new PatchFailure.Malformed(
          "a literal of " + value.length() + " characters, at most " + RdfLimits.LITERAL_CHARS_MAX);
    }
    return value;
  }

  private String expand(Token name) {
    int colon = name.text().indexOf(':');
    String namespace = prefixes.get(name.text().substring(0, colon));
    if (namespace == null) {
      throw name.unexpected("a prefix that was declared");
    }
    return limited(namespace + name.text().substring(colon + 1));
  }

  private String resolve(Token iri) {
    try {
      return limited(base.resolve(iri.text()).str());
    } catch (IRIException e) {
      throw iri.unexpected("an IRI");
    }
  }

  private static String limited(String iri) {
    if (iri.length() > RdfLimits.IRI_CHARS_MAX) {
      throw new PatchFailure.Malformed(
          "an IRI of " + iri.length() + " characters, at most " + RdfLimits.IRI_CHARS_MAX);
    }
    return iri;
  }
}
