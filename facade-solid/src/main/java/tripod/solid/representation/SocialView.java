package tripod.solid.representation;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Triple;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Lens;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Shows stored forms that are not RDF syntaxes as graphs: records, and ActivityStreams objects.
 *
 * <p>Documents of RDF syntaxes are their own graph, with every triple that their writer put there,
 * and never pass here. Safe between threads.
 */
public final class SocialView {
  private final Lens lens;

  /** Makes the view. */
  public SocialView(Lens lens) {
    this.lens = lens;
  }

  /** Returns the lens this looks through. */
  public Lens lens() {
    return lens;
  }

  /** Says whether a document is shown through the lens, and not as it is. */
  public static boolean isShown(Content content) {
    return content instanceof Content.Document document
        && (document.mediaType().is(MediaType.DAG_CBOR)
            || document.mediaType().is(MediaType.ACTIVITY_JSON));
  }

  /** Returns a social resource in the shared vocabulary, IRIs in full; empty if it is none. */
  public Optional<Set<Triple>> shared(Resource resource, PodNames names) {
    return isShown(resource.content())
        ? lens.graph(resource, names).map(SocialView::triples)
        : Optional.empty();
  }

  /**
   * Says whether a record is open in its repository and hidden by its own program, so that nobody
   * but the owner is shown it here (ART-3, VIS-5).
   */
  public boolean isHidden(Resource resource, PodNames names) {
    return resource.path().isUnder(SocialPaths.ARTICLES)
        && resource.content().mediaType().is(MediaType.DAG_CBOR)
        && lens.read(resource, names).filter(said -> said.audience() == Audience.OWNER).isPresent();
  }

  /** Returns the triples of a graph in a steady order. */
  static Set<Triple> triples(Graph graph) {
    Set<Triple> triples = new LinkedHashSet<>();
    graph.stream().sorted(java.util.Comparator.comparing(Triple::toString)).forEach(triples::add);
    return triples;
  }
}
