package tripod.solid.representation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.rdf.AtdGraph;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Turns stored documents into the form that a reader takes. Safe between threads. */
public final class Representations {
  /** Namespaces that our own forms are written with. */
  private static final Map<String, String> PREFIXES = prefixes();

  private final RdfReader reader;
  private final SocialView social;

  /** Makes the forms of a server. */
  public Representations(RdfReader reader, SocialView social) {
    this.reader = reader;
    this.social = social;
  }

  private static Map<String, String> prefixes() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("as", "https://www.w3.org/ns/activitystreams#");
    prefixes.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    prefixes.put("tp", "https://w3id.org/tripod/ns#");
    prefixes.put("atd", "https://w3id.org/tripod/atd#");
    prefixes.put("key", "https://w3id.org/tripod/key#");
    return prefixes;
  }

  /** Says whether a stored document reads as a graph. */
  public static boolean isGraph(Content content) {
    return content instanceof Content.Document document
        && (RdfSyntax.reading(document.mediaType()).isPresent()
            || document.mediaType().is(MediaType.DAG_CBOR));
  }

  /**
   * Reads a stored document as a graph, IRIs in full.
   *
   * @param beside what the form of another door cannot say and was kept for it
   * @param iri IRI of the document
   * @throws MalformedRdf when it does not read as one
   */
  public RdfDocument graph(
      Resource resource, Optional<Resource> beside, String iri, PodNames names) {
    Optional<Set<Triple>> shown = social.shared(resource, names);
    if (shown.isPresent()) {
      Set<Triple> all = new LinkedHashSet<>(shown.get());
      beside.ifPresent(more -> all.addAll(read(more, iri).triples()));
      return new RdfDocument(all, PREFIXES);
    }
    return read(resource, iri);
  }

  /**
   * Returns what readers are shown: the shared graph, or the record as it is where the shared
   * vocabulary has no words for it (ATD-12).
   *
   * @throws MalformedRdf when the resource has no graph
   */
  public RdfDocument shown(
      Resource resource, Optional<Resource> beside, String iri, PodNames names) {
    boolean isRecord = resource.content().mediaType().is(MediaType.DAG_CBOR);
    return isRecord && social.shared(resource, names).isEmpty()
        ? record(resource, iri + Aspect.NATIVE.suffix())
        : graph(resource, beside, iri, names);
  }

  /**
   * Reads a stored document that is RDF as it stands.
   *
   * @param iri what relative IRIs are relative to
   * @throws MalformedRdf when it is not
   */
  public RdfDocument read(Resource resource, String iri) {
    if (!(resource.content() instanceof Content.Document document)) {
      throw new MalformedRdf("not an RDF document");
    }
    RdfSyntax syntax =
        RdfSyntax.reading(document.mediaType())
            .orElseThrow(() -> new MalformedRdf("not in a syntax of RDF"));
    return reader.read(document.bytes(), syntax, iri);
  }

  /**
   * Reads a record as a graph of its own form, which keeps every key (mapping note, section 3).
   *
   * @param iri IRI of the graph
   * @throws MalformedRdf when the resource holds no record
   */
  public static RdfDocument record(Resource resource, String iri) {
    if (!(resource.content() instanceof Content.Document document)
        || !document.mediaType().is(MediaType.DAG_CBOR)) {
      throw new MalformedRdf("there is no record here");
    }
    Graph graph = AtdGraph.of(DagCbor.decodeLenient(document.bytes()), iri);
    return new RdfDocument(SocialView.triples(graph), PREFIXES);
  }

  /** Says whether a resource is one that the program it came from hides from everybody else. */
  public boolean isHidden(Resource resource, PodNames names) {
    return social.isHidden(resource, names);
  }
}
