package tripod.podstore.social;

import tripod.podstore.Resource;

/**
 * A resource that everybody may see: the only thing that the repository, the public outbox, public
 * collections, feeds and blob downloads take.
 *
 * <p>Only {@link PublicGate} makes one, after both keys of VIS-1 were turned; holding one is the
 * proof. Valid for the view it was made from.
 */
public final class PublicResource {
  private final Resource resource;
  private final Social social;

  PublicResource(Resource resource, Social social) {
    this.resource = resource;
    this.social = social;
  }

  /** Returns the resource. */
  public Resource resource() {
    return resource;
  }

  /** Returns what it says. */
  public Social social() {
    return social;
  }

  /** Says whether public lists may show it; an unlisted one is only readable by its address. */
  public boolean isListed() {
    return social.audience() == Audience.PUBLIC;
  }
}
