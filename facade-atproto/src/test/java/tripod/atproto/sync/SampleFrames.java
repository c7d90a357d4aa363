package tripod.atproto.sync;

import tripod.podstore.PodWriter;
import tripod.podstore.cbor.DagCborWriter;

/** Frames as the repositories write them. */
final class SampleFrames {
  private SampleFrames() {}

  /** Puts a frame of an identity into the stream, with bytes that make it larger. */
  static void identity(PodWriter writer, byte[] more) {
    DagCborWriter out =
        new DagCborWriter(128 + more.length)
            .map(2)
            .text("t")
            .text("#identity")
            .text("op")
            .integer(1)
            .map(4)
            .text("did")
            .text("did:web:someone.example")
            .text("seq");
    int numberAt = out.size() + 1;
    out.integer(Long.MAX_VALUE).text("more").bytes(more).text("time").text("2026-05-01T12:00:00Z");
    writer.emit(Firehose.STREAM, out.toByteArray(), numberAt);
  }
}
