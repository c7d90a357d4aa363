package tripod.podstore.social;

import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;

/**
 * The one gate to everything public (VIS-1, VIS-2).
 *
 * <p>Three things must agree: the effective access list lets everybody read, the resource is
 * addressed to the public, and it was published: its owner wrote it when the other two held.
 * Widening an access list later does not publish (VIS-7).
 */
public final class PublicGate {
  private final PubliclyReadable readable;

  /**
   * Makes the gate.
   *
   * @param readable the one access decider, asked on behalf of nobody in particular
   */
  public PublicGate(PubliclyReadable readable) {
    this.readable = readable;
  }

  /** Lets a resource through, or not. */
  public Optional<PublicResource> admit(PodReader view, Resource resource, Social social) {
    if (!social.audience().isOpen()
        || !readable.isPublic(view, resource.path())
        || !Publication.isPublished(view, resource)) {
      return Optional.empty();
    }
    return Optional.of(new PublicResource(resource, social));
  }

  /** Says whether everybody may read a path. */
  @FunctionalInterface
  public interface PubliclyReadable {
    /** Asks the access decider about the anonymous agent. */
    boolean isPublic(PodReader view, PodPath path);
  }
}
