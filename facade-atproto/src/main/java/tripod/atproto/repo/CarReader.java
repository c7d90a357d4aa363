package tripod.atproto.repo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCborReader;
import tripod.syntax.Cid;
import tripod.syntax.SyntaxException;

/**
 * Reads an archive of blocks, block by block, and believes nothing of it (SEC-35).
 *
 * <p>Every block is hashed and must be what its CID names. Order, repetition and blocks that nobody
 * asked for are no fault.
 */
public final class CarReader {
  /** Largest header in bytes. */
  public static final int HEADER_BYTES_MAX = 64 * 1024;

  /** Largest block in bytes. */
  public static final int BLOCK_BYTES_MAX = 2 * 1024 * 1024;

  /** Most blocks of one archive. */
  public static final int BLOCKS_MAX = 300_000;

  /** Largest archive in bytes. */
  public static final long BYTES_MAX = 100L * 1024 * 1024;

  private final InputStream in;
  private final List<Cid> roots;
  private final long bytesMax;
  private final boolean hashes;
  private long bytes;
  private int blocks;

  /**
   * Reads the header.
   *
   * @throws PodFailure.Invalid when it is no archive of version 1
   */
  public CarReader(InputStream in) {
    this(in, BYTES_MAX);
  }

  CarReader(InputStream in, long bytesMax) {
    this(in, bytesMax, true);
  }

  /** Reads an archive that this house wrote, whose blocks need not be hashed again. */
  public static CarReader own(InputStream in) {
    return new CarReader(in, BYTES_MAX, false);
  }

  private CarReader(InputStream in, long bytesMax, boolean hashes) {
    this.in = in;
    this.bytesMax = bytesMax;
    this.hashes = hashes;
    byte[] header = chunk("header", HEADER_BYTES_MAX);
    if (header == null) {
      throw new PodFailure.Invalid("archive is empty");
    }
    this.roots = roots(header);
  }

  private static List<Cid> roots(byte[] header) {
    DagCborReader in = DagCborReader.of(header);
    if (in.map() != 2 || !in.text().equals("roots")) {
      throw new PodFailure.Invalid("archive header has other fields than roots and version");
    }
    int count = in.list();
    List<Cid> roots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      roots.add(in.link());
    }
    if (!in.text().equals("version") || in.integer() != 1) {
      throw new PodFailure.Invalid("archive is not of version 1");
    }
    in.end();
    return List.copyOf(roots);
  }

  /** Returns what the archive is about. */
  public List<Cid> roots() {
    return roots;
  }

  /**
   * Returns the only root.
   *
   * @throws PodFailure.Invalid when there is none or several
   */
  public Cid root() {
    if (roots.size() != 1) {
      throw new PodFailure.Invalid("archive has " + roots.size() + " roots, expected one");
    }
    return roots.getFirst();
  }

  /**
   * Returns the next block, or empty at the end.
   *
   * @throws PodFailure.Invalid when the archive breaks its form or a block is not what it is called
   * @throws PodFailure.TooLarge past a limit of this class
   */
  public Optional<Block> next() {
    byte[] chunk = chunk("block", BLOCK_BYTES_MAX + Cid.LENGTH);
    if (chunk == null) {
      return Optional.empty();
    }
    if (++blocks > BLOCKS_MAX) {
      throw new PodFailure.TooLarge("archive has more than " + BLOCKS_MAX + " blocks");
    }
    Cid cid;
    try {
      cid = Cid.ofBytes(chunk, 0);
    } catch (SyntaxException e) {
      throw new PodFailure.Invalid("block has a name that is " + e.getMessage(), e);
    }
    byte[] block = java.util.Arrays.copyOfRange(chunk, Cid.LENGTH, chunk.length);
    if (!hashes) {
      return Optional.of(new Block(cid, block));
    }
    Cid real = cid.isRaw() ? Cid.ofRaw(block) : Cid.ofDagCbor(block);
    if (!real.equals(cid)) {
      throw new PodFailure.Invalid("block called " + cid + " is " + real);
    }
    return Optional.of(new Block(cid, block));
  }

  /** Reads a length and as many bytes; null at the end of the stream. */
  private byte @Nullable [] chunk(String what, int max) {
    try {
      long length = varint();
      if (length < 0) {
        return null;
      }
      if (length > max) {
        throw new PodFailure.TooLarge(
            what + " of " + length + " bytes, at most " + max + " are allowed");
      }
      if (bytes + length > bytesMax) {
        throw new PodFailure.TooLarge("archive has more than " + bytesMax + " bytes");
      }
      // readNBytes makes room as the bytes come, so that a claimed length costs nothing.
      byte[] chunk = in.readNBytes((int) length);
      if (chunk.length < length) {
        throw new PodFailure.Invalid("archive ends within a " + what);
      }
      bytes += length;
      return chunk;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long varint() throws IOException {
    long value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int b = in.read();
      if (b < 0) {
        if (shift == 0) {
          return -1;
        }
        throw new PodFailure.Invalid("archive ends within a length");
      }
      bytes++;
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        if (b == 0 && shift > 0) {
          throw new PodFailure.Invalid("archive has a length that is not in its shortest form");
        }
        return value;
      }
    }
    throw new PodFailure.Invalid("archive has a length beyond all bounds");
  }

  /** One block with the name that was checked. */
  @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
  public record Block(Cid cid, byte[] bytes) {}
}
