package tripod.podstore.social;

import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.syntax.PodNames;

/**
 * Reads any social resource of a pod in the pivot, whichever door it was written at.
 *
 * <p>Immutable and safe between threads.
 */
public final class Lens {
  private final List<SocialCodec> codecs;

  /**
   * Gathers the stored forms.
   *
   * @param codecs the first that owns a document reads it
   */
  public Lens(List<SocialCodec> codecs) {
    this.codecs = List.copyOf(codecs);
  }

  /** Returns the codec that owns a document. */
  public Optional<SocialCodec> codec(Content.Document document) {
    for (SocialCodec codec : codecs) {
      if (codec.owns(document)) {
        return Optional.of(codec);
      }
    }
    return Optional.empty();
  }

  /**
   * Returns what a resource says; empty when it is no social resource or lies outside of the social
   * containers (SOL-1).
   *
   * @throws tripod.podstore.PodFailure.Invalid when its document breaks its own form
   */
  public Optional<Social> read(Resource resource, PodNames names) {
    if (!SocialPaths.isSocial(resource.path())
        || !(resource.content() instanceof Content.Document document)) {
      return Optional.empty();
    }
    return codec(document).flatMap(codec -> codec.read(resource, names));
  }

  /** Returns what a resource of a pending commit says, read once for all projections. */
  public Optional<Social> read(Commit pending, Resource resource, PodNames names) {
    return pending.once(resource, () -> read(resource, names));
  }

  /** Returns what a resource of a pending commit does to others. */
  public List<Link> links(Commit pending, Resource resource, PodNames names) {
    return links(resource, names);
  }

  /** Returns what a resource does to others. */
  public List<Link> links(Resource resource, PodNames names) {
    if (!SocialPaths.isSocial(resource.path())
        || !(resource.content() instanceof Content.Document document)) {
      return List.of();
    }
    return codec(document).map(codec -> codec.links(resource, names)).orElse(List.of());
  }

  /**
   * Returns the shared graph of a resource, for readers of RDF; empty when it is no social resource
   * in a form of another door.
   */
  public Optional<Graph> graph(Resource resource, PodNames names) {
    if (!SocialPaths.isSocial(resource.path())
        || !(resource.content() instanceof Content.Document document)) {
      return Optional.empty();
    }
    return codec(document).flatMap(codec -> codec.graph(resource, names));
  }
}
