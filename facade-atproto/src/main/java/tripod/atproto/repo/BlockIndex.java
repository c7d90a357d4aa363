package tripod.atproto.repo;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import tripod.syntax.Cid;

/**
 * Where blocks are, by their CIDs, in little more than the bytes of the CIDs themselves: what an
 * archive of hundreds of thousands of blocks costs while it is read.
 */
final class BlockIndex {
  private static final int DIGEST_BYTES = 32;
  private static final int START = 1 << 10;

  private byte[] digests = new byte[START * DIGEST_BYTES];
  private long[] offsets = new long[START];

  /** Lengths; of raw blocks the bits turned over. */
  private int[] lengths = new int[START];

  /** Entries by hash, each one more than its index; twice as many places as entries or more. */
  private int[] table = new int[START * 2];

  private int size;

  /** Notes a block; the first of its name counts. */
  void put(Cid cid, long offset, int length) {
    byte[] digest = cid.digest();
    int slot = slot(digest, cid.isRaw());
    if (table[slot] != 0) {
      return;
    }
    if (size == offsets.length) {
      grow();
      slot = slot(digest, cid.isRaw());
    }
    System.arraycopy(digest, 0, digests, size * DIGEST_BYTES, DIGEST_BYTES);
    offsets[size] = offset;
    lengths[size] = cid.isRaw() ? ~length : length;
    table[slot] = ++size;
  }

  /** Returns a block's entry, or -1. */
  int find(Cid cid) {
    return table[slot(cid.digest(), cid.isRaw())] - 1;
  }

  long offset(int entry) {
    return offsets[entry];
  }

  int length(int entry) {
    return lengths[entry] < 0 ? ~lengths[entry] : lengths[entry];
  }

  int size() {
    return size;
  }

  private int slot(byte[] digest, boolean isRaw) {
    int mask = table.length - 1;
    int slot = hash(digest, 0) & mask;
    while (table[slot] != 0 && !isAt(table[slot] - 1, digest, isRaw)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isAt(int entry, byte[] digest, boolean isRaw) {
    int from = entry * DIGEST_BYTES;
    return lengths[entry] < 0 == isRaw
        && Arrays.equals(digests, from, from + DIGEST_BYTES, digest, 0, DIGEST_BYTES);
  }

  private static int hash(byte[] digest, int from) {
    return ByteBuffer.wrap(digest, from, Integer.BYTES).order(ByteOrder.BIG_ENDIAN).getInt();
  }

  private void grow() {
    int room = offsets.length * 2;
    digests = Arrays.copyOf(digests, room * DIGEST_BYTES);
    offsets = Arrays.copyOf(offsets, room);
    lengths = Arrays.copyOf(lengths, room);
    table = new int[room * 2];
    int mask = table.length - 1;
    for (int entry = 0; entry < size; entry++) {
      int slot = hash(digests, entry * DIGEST_BYTES) & mask;
      while (table[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = entry + 1;
    }
  }
}
