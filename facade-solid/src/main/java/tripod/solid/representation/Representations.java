package tripod.solid.representation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Turns stored documents into the form that a reader takes. Safe between threads. */
public final class Representations {
  /** Namespaces that our own forms are written with. */
  public static final Map<String, String> PREFIXES = prefixes();

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
    return Map.copyOf(prefixes);
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
   * @param base IRI of the document
   * @throws MalformedRdf when it does not read as one
   */
  public RdfDocument graph(Resource resource, String base, PodNames names) {
    Optional<Set<Triple>> shown = social.shared(resource, names);
    if (shown.isPresent()) {
      return new RdfDocument(shown.get(), PREFIXES);
    }
    if (!(resource.content() instanceof Content.Document document)) {
      throw new MalformedRdf("not an RDF document");
    }
    Optional<RdfSyntax> syntax = RdfSyntax.reading(document.mediaType());
    if (syntax.isEmpty()) {
      return exact(resource, names);
    }
    return reader.read(document.bytes(), syntax.get(), base);
  }

  /** Reads the record of a resource as a graph, IRIs in full. */
  public RdfDocument exact(Resource resource, PodNames names) {
    return new RdfDocument(
        social
            .exact(resource, names)
            .orElseThrow(() -> new MalformedRdf("there is no record here")),
        PREFIXES);
  }
}
