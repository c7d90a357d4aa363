package tripod.podstore.sql;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Packs payloads of streams as zstd frames that say how long they are plain. Belongs to one thread.
 *
 * <p>The native library is looked for by its thread, so that no start waits for it; where it cannot
 * be had nothing is packed. What it needs lies outside of the heap until this is closed.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878">RFC 8878: Zstandard</a>
 */
final class Packer implements AutoCloseable {
  /** Shorter payloads are left as they are, in bytes. */
  static final int PLAIN_BYTES_MIN = 200;

  /** Longer payloads are left as they are, in bytes. */
  static final int PLAIN_BYTES_MAX = 128 * 1024;

  /** Half of a repository's frame is hashes: to try harder costs more and saves next to nothing. */
  private static final int LEVEL = -1;

  private @Nullable ZstdCompressCtx context;
  private byte[] room = new byte[0];
  private boolean missing;

  /** Returns the packed form when that is shorter, else the payload itself. */
  byte[] pack(byte[] plain) {
    if (plain.length < PLAIN_BYTES_MIN || plain.length > PLAIN_BYTES_MAX || !ready()) {
      return plain;
    }
    ZstdCompressCtx zstd = Objects.requireNonNull(context);
    int length = zstd.compressByteArray(room, 0, room.length, plain, 0, plain.length);
    return length < plain.length ? Arrays.copyOf(room, length) : plain;
  }

  /** Looks for the native library, if that was not done, and says whether it is there. */
  boolean ready() {
    if (context == null && !missing) {
      try {
        context = new ZstdCompressCtx().setLevel(LEVEL).setContentSize(true).setChecksum(false);
        room = new byte[(int) Zstd.compressBound(PLAIN_BYTES_MAX)];
      } catch (LinkageError absent) {
        missing = true;
        Failures.LOG.warn("no native zstd here: streams take half as much room again", absent);
      }
    }
    return !missing;
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
