package tripod.podstore.social;

import java.time.Instant;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.syntax.Tid;

/** A resource that is not stored: a document with the place it would have, for the codecs. */
public final class Draft {
  private static final Tid NO_REV = new Tid("2222222222222");

  private Draft() {}

  /** Returns a document at a place, born when the place's name says so. */
  public static Resource of(PodPath path, Content.Document document) {
    return of(
        path, document, Tid.isValid(path.name()) ? new Tid(path.name()).instant() : Instant.EPOCH);
  }

  /** Returns a document at a place, born at a time. */
  public static Resource of(PodPath path, Content.Document document, Instant born) {
    return new Resource(path, Aspect.SELF, document, NO_REV, born, born, Optional.empty());
  }
}
