package tripod.atproto.sync;

import tripod.podstore.cbor.DagCborWriter;

/** Frames that are no news but answers to a listener. */
final class ErrorFrames {
  private ErrorFrames() {}

  /** Says why the stream ends. */
  static byte[] error(String error, String message) {
    return new DagCborWriter(128)
        .map(1)
        .text("op")
        .integer(-1)
        .map(2)
        .text("error")
        .text(error)
        .text("message")
        .text(message)
        .toByteArray();
  }

  /** Says something about the stream. */
  static byte[] info(String name, String message) {
    return new DagCborWriter(128)
        .map(2)
        .text("t")
        .text("#info")
        .text("op")
        .integer(1)
        .map(2)
        .text("name")
        .text(name)
        .text("message")
        .text(message)
        .toByteArray();
  }
}
