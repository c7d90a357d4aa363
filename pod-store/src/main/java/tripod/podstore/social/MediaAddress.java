package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/** Tells the pod's own files from those that are elsewhere. Pure. */
public final class MediaAddress {
  private static final String MEDIA = "/media/";

  private MediaAddress() {}

  /** Returns a medium of which only the address is known. */
  public static Media media(String iri, Media.Kind kind, PodNames names) {
    Optional<Cid> blob = names.path(iri).flatMap(MediaAddress::blob);
    return new Media(
        kind,
        blob,
        blob.isPresent() ? Optional.empty() : Optional.of(iri),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns what a medium is by its type. */
  public static Media.Kind kind(Optional<MediaType> type) {
    return switch (type.map(MediaType::type).orElse("")) {
      case "image" -> Media.Kind.IMAGE;
      case "video" -> Media.Kind.VIDEO;
      case "audio" -> Media.Kind.AUDIO;
      default -> Media.Kind.DOCUMENT;
    };
  }

  /** Returns the blob that an internal path serves. */
  public static Optional<Cid> blob(String path) {
    if (!path.startsWith(MEDIA)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Cid.parse(path.substring(MEDIA.length())));
    } catch (SyntaxException e) {
      return Optional.empty(); // a file that is not named by its content
    }
  }
}
