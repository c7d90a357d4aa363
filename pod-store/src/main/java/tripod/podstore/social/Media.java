package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;

/**
 * A picture, film or sound that belongs to a resource.
 *
 * @param kind what it is
 * @param blob the pod's own file; empty for one that is elsewhere
 * @param url its address elsewhere
 * @param mediaType as stored or claimed
 * @param size in bytes
 * @param alt what it shows, in words; empty text and absence differ only in a record
 * @param aspectWidth first part of the aspect ratio, no unit
 * @param aspectHeight second part of the aspect ratio, no unit
 */
public record Media(
    Kind kind,
    Optional<Cid> blob,
    Optional<String> url,
    Optional<MediaType> mediaType,
    Optional<Long> size,
    Optional<String> alt,
    Optional<Long> aspectWidth,
    Optional<Long> aspectHeight) {
  /** What a medium is. */
  public enum Kind {
    /** A still or moving picture without sound. */
    IMAGE,
    /** A film. */
    VIDEO,
    /** A sound. */
    AUDIO,
    /** Anything else. */
    DOCUMENT
  }
}
