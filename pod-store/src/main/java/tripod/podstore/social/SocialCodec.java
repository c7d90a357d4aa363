package tripod.podstore.social;

import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;

/**
 * One stored form of social resources and how it maps to the pivot and back: a lens.
 *
 * <p>Laws (mapping note, section 4): writing back what was read changes nothing (LENS-1); what the
 * pivot cannot say survives a write (LENS-2). Implementations are pure and safe between threads.
 */
public interface SocialCodec {
  /** Says whether this codec owns a stored document. */
  boolean owns(Content.Document document);

  /**
   * Reads a stored document of this form.
   *
   * @return empty when it is not a social resource
   * @throws tripod.podstore.PodFailure.Invalid when it breaks its own form
   */
  Optional<Social> read(Resource resource, PodNames names);

  /**
   * Returns what a stored document does to others; a form that can tell so without reading all of
   * it does.
   */
  default List<Link> links(Resource resource, PodNames names) {
    return read(resource, names).map(Linking::of).orElse(List.of());
  }

  /**
   * Returns the shared graph of a stored document: what it says in the terms of ActivityStreams,
   * for readers of RDF; empty when it is not a social resource.
   */
  default Optional<Graph> graph(Resource resource, PodNames names) {
    return read(resource, names)
        .map(social -> SocialGraph.of(social, resource, names, NameBook.EMPTY));
  }

  /**
   * Says whether this form says all of it, so that a resource may stay in this form after an edit
   * through another door (mapping note, section 4).
   */
  default boolean says(Social next, PodNames names) {
    return true;
  }

  /**
   * Writes the pivot in this form.
   *
   * @param path where the resource is
   * @param previous what the resource held in this form before, so that what the pivot cannot say
   *     is kept; empty for a new one
   * @return empty when this form cannot say it
   */
  Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names);

  /**
   * A document and the blobs it names.
   *
   * @param blobs every blob named
   */
  record Written(Content.Document document, List<Cid> blobs) {}
}
