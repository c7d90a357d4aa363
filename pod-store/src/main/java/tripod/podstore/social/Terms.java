package tripod.podstore.social;

import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.vocabulary.RDF;
import tripod.syntax.Datetime;

/** The terms of the shared graphs. */
final class Terms {
  static final String AS = "https://www.w3.org/ns/activitystreams#";
  static final String TP = "https://w3id.org/tripod/ns#";
  static final String SCHEMA = "http://schema.org/";
  static final String FOAF = "http://xmlns.com/foaf/0.1/";
  static final String VCARD = "http://www.w3.org/2006/vcard/ns#";
  static final String ICAL = "http://www.w3.org/2002/12/cal/ical#";
  static final String DCT = "http://purl.org/dc/terms/";
  static final String SIOC = "http://rdfs.org/sioc/ns#";

  static {
    JenaSystem.init(); // before any of its terms is made
  }

  static final Node TYPE = RDF.type.asNode();
  static final Node QUOTE = NodeFactory.createURI("https://w3id.org/fep/044f#quote");
  static final Node PUBLIC = as("Public");
  static final Node PENDING = tp("pending");
  static final Node ACCEPT_STATE = tp("acceptState");
  static final Node AT_URI = tp("atUri");
  static final Node CID = tp("cid");

  private Terms() {}

  static Node as(String name) {
    return NodeFactory.createURI(AS + name);
  }

  static Node tp(String name) {
    return NodeFactory.createURI(TP + name);
  }

  static Node iri(String iri) {
    return NodeFactory.createURI(iri);
  }

  static Node truth() {
    return NodeFactory.createLiteralDT("true", XSDDatatype.XSDboolean);
  }

  static Node time(Datetime time) {
    return NodeFactory.createLiteralDT(
        time.hasInstant() ? Times.shown(time.instant()) : time.value(), XSDDatatype.XSDdateTime);
  }

  /** Says whether a text can be written as an IRI; what came from outside may be anything. */
  static boolean isIri(String text) {
    if (text.isEmpty() || text.indexOf(':') <= 0) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c == 0x7f || "<>\"{}|\\^`".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }
}
