package tripod.podstore.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.podstore.Aspect;
import tripod.podstore.Journal;
import tripod.syntax.MediaType;

/** Small numbers that stand for words in rows. A number once given is never given another word. */
final class Codes {
  /** The place in this list, from one on, is the code; append only. */
  private static final List<MediaType> MEDIA =
      List.of(
          MediaType.TURTLE,
          MediaType.JSON_LD,
          MediaType.ACTIVITY_JSON,
          MediaType.DAG_CBOR,
          MediaType.JSON,
          MediaType.OCTET_STREAM,
          MediaType.HTML,
          MediaType.N3,
          MediaType.parse("application/n-triples"),
          MediaType.parse("text/plain"),
          MediaType.parse("image/jpeg"),
          MediaType.parse("image/png"),
          MediaType.parse("image/webp"),
          MediaType.parse("video/mp4"),
          MediaType.parse("application/vnd.tripod.graph"),
          MediaType.parse(
              "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\""));

  private static final Map<MediaType, Integer> MEDIA_CODES = mediaCodes();

  private Codes() {}

  private static Map<MediaType, Integer> mediaCodes() {
    var codes = new HashMap<MediaType, Integer>();
    for (int i = 0; i < MEDIA.size(); i++) {
      codes.put(MEDIA.get(i), i + 1);
    }
    return Map.copyOf(codes);
  }

  /** Returns the code of a media type; 0 for one that is kept as text. */
  static int of(MediaType type) {
    return MEDIA_CODES.getOrDefault(type, 0);
  }

  static MediaType media(int code) {
    return MEDIA.get(code - 1);
  }

  static int of(Aspect aspect) {
    return switch (aspect) {
      case SELF -> 0;
      case ACL -> 1;
      case META -> 2;
      case NATIVE -> 3;
      case ASIDE -> 4;
    };
  }

  static Aspect aspect(int code) {
    return switch (code) {
      case 0 -> Aspect.SELF;
      case 1 -> Aspect.ACL;
      case 2 -> Aspect.META;
      case 3 -> Aspect.NATIVE;
      case 4 -> Aspect.ASIDE;
      default -> throw new IllegalStateException("no aspect has the code " + code);
    };
  }

  static int of(Journal.Kind kind) {
    return switch (kind) {
      case CREATED -> 0;
      case UPDATED -> 1;
      case DELETED -> 2;
    };
  }

  static Journal.Kind kind(int code) {
    return switch (code) {
      case 0 -> Journal.Kind.CREATED;
      case 1 -> Journal.Kind.UPDATED;
      case 2 -> Journal.Kind.DELETED;
      default -> throw new IllegalStateException("no kind of touch has the code " + code);
    };
  }
}
