package tripod.identity;

import de.mkammerer.argon2.Argon2Factory;
import java.lang.ref.SoftReference;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function Argon2id, version 1.3: by the reference library where there is one for this machine,
 * else by BouncyCastle, which takes half as long again, and more than twice as long until it is
 * compiled. Both give the same bytes.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9106">RFC 9106: Argon2</a>
 */
final class Argon2id {
  /**
   * Working memory of those that are done, wiped, for those to come: making it anew would cost a
   * sixth of the time. Given up when the heap is short.
   */
  private static final Queue<SoftReference<Pool>> MEMORY = new ConcurrentLinkedQueue<>();

  private Argon2id() {}

  /** Looked for with the first password, so that no start waits for it. */
  private static final class Library {
    private static final Logger LOG = LoggerFactory.getLogger(Argon2id.class);
    static final boolean IS_THERE = isThere();

    private static boolean isThere() {
      try {
        byte[] tag =
            Argon2Factory.createAdvanced(Argon2Factory.Argon2Types.ARGON2id, 8, 4)
                .rawHash(1, 8, 1, new byte[1], new byte[8]);
        return tag.length == 4;
      } catch (LinkageError | IllegalStateException e) {
        LOG.warn("no native Argon2 here ({}); sign-in costs half as much again", e.toString());
        return false;
      }
    }
  }

  /** Blocks of one size. */
  private record Pool(int memoryKib, Argon2BytesGenerator.BlockPool blocks) {}

  /**
   * Computes a tag.
   *
   * @param memoryKib memory in KiB
   * @param tagBytes length of the tag in bytes
   */
  static byte[] tag(
      byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int tagBytes) {
    return Library.IS_THERE
        ? Argon2Factory.createAdvanced(Argon2Factory.Argon2Types.ARGON2id, salt.length, tagBytes)
            .rawHash(passes, memoryKib, lanes, password, salt)
        : portable(password, salt, memoryKib, passes, lanes, tagBytes);
  }

  /** The same without the native library. */
  static byte[] portable(
      byte[] password, byte[] salt, int memoryKib, int passes, int lanes, int tagBytes) {
    SoftReference<Pool> kept = MEMORY.poll();
    Pool known = kept == null ? null : kept.get();
    Pool pool =
        known != null && known.memoryKib() == memoryKib
            ? known
            : new Pool(memoryKib, new Argon2BytesGenerator.FixedBlockPool(memoryKib));
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .withBlockPool(pool.blocks())
            .build());
    byte[] tag = new byte[tagBytes];
    generator.generateBytes(password, tag);
    MEMORY.add(new SoftReference<>(pool));
    return tag;
  }
}
