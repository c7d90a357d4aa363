package tripod.server.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import tripod.podstore.Change;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.WritablePartition;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.MediaType;
import tripod.syntax.TidClock;

/**
 * Posts with what a repository writes beside each: its leaf, the head, and a frame; all of a usual
 * size, and of no meaning.
 */
final class SamplePosts implements Projection {
  private static final PodPath CONTAINER = new PodPath("/social/posts/");
  private static final String STREAM = "bench.frames";
  private static final int LEAF_BYTES = 36;
  private static final int HEAD_BYTES = 220;
  private static final int FRAME_BYTES = 3_000;

  /** Of a frame's bytes about two in three are hashes, which no packing makes shorter. */
  private static final int HASHES_BYTES = 2_000;

  private static final byte[] HEAD = {0};

  private final TidClock keys = new TidClock(InstantSource.system(), 7);
  private final AtomicLong count = new AtomicLong();

  /** Returns how many posts were made. */
  long written() {
    return count.get();
  }

  /** Puts the next post. */
  void put(PodWriter writer) {
    byte[] block =
        DagCbor.encode(
            DagFields.builder()
                .put("$type", DagValue.of(Posts.COLLECTION))
                .put("text", DagValue.of(Posts.text("n" + count.incrementAndGet())))
                .put("createdAt", DagValue.of("2026-01-02T03:04:05.678Z"))
                .build());
    writer.put(
        CONTAINER.member(keys.next().toString()), new Content.Document(MediaType.DAG_CBOR, block));
  }

  @Override
  public String partition() {
    return "bench.repo";
  }

  @Override
  public void apply(Commit pending, PodWriter after) {
    WritablePartition own = after.partition(partition());
    for (Change change : pending.changes()) {
      if (!change.path().isContainer()) {
        own.put(
            ("/" + Posts.COLLECTION + "/" + change.path().name()).getBytes(StandardCharsets.UTF_8),
            new byte[LEAF_BYTES]);
      }
    }
    own.put(HEAD, new byte[HEAD_BYTES]);
    after.emit(STREAM, frame(count.get()), 16);
  }

  private static byte[] frame(long seed) {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_BYTES);
    long noise = seed + 1;
    while (frame.position() < HASHES_BYTES) {
      noise = noise * 0x5851f42d4c957f2dL + 0x14057b7ef767814fL;
      frame.putLong(noise ^ noise >>> 29);
    }
    return frame.array();
  }
}
