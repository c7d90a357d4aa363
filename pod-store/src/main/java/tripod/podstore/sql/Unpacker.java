package tripod.podstore.sql;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;

/**
 * Unpacks what a {@link Packer} packed, one after the other. Holds memory outside of the heap from
 * the first one on, until it is closed.
 */
final class Unpacker implements AutoCloseable {
  private @Nullable ZstdDecompressCtx context;

  /**
   * Returns what was packed; nothing when this is not a whole frame of a length that is ever
   * packed. Makes no array longer than {@link Packer#PLAIN_BYTES_MAX}, whatever the frame says.
   *
   * @throws PodFailure.Unavailable where the native library cannot be had
   */
  Optional<byte[]> unpack(byte[] packed) {
    try {
      long length = packed.length == 0 ? 0 : Zstd.getFrameContentSize(packed);
      if (length < Packer.PLAIN_BYTES_MIN || length > Packer.PLAIN_BYTES_MAX) {
        return Optional.empty();
      }
      byte[] plain = context().decompress(packed, (int) length);
      return plain.length == length ? Optional.of(plain) : Optional.empty();
    } catch (ZstdException damaged) {
      Failures.LOG.debug("unpacking", damaged);
      return Optional.empty();
    } catch (LinkageError missing) {
      throw new PodFailure.Unavailable("no native zstd on this system", missing);
    }
  }

  private ZstdDecompressCtx context() {
    ZstdDecompressCtx known = context;
    if (known == null) {
      known = new ZstdDecompressCtx();
      context = known;
    }
    return known;
  }

  @Override
  public void close() {
    if (context != null) {
      context.close();
    }
  }
}
