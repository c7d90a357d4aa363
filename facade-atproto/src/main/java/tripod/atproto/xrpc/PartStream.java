package tripod.atproto.xrpc;

import java.io.IOException;
import java.io.OutputStream;

/** Hands on a part of what is written to it, and counts all of it. */
final class PartStream extends OutputStream {
  private final OutputStream out;
  private final long from;
  private final long to;
  private long seen;

  /**
   * Makes it.
   *
   * @param from the first byte to hand on
   * @param to the byte to stop before
   */
  PartStream(OutputStream out, long from, long to) {
    this.out = out;
    this.from = from;
    this.to = to;
  }

  @Override
  public void write(int b) throws IOException {
    if (seen >= from && seen < to) {
      out.write(b);
    }
    seen++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    long first = Math.max(from, seen);
    long end = Math.min(to, seen + length);
    if (first < end) {
      out.write(bytes, offset + (int) (first - seen), (int) (end - first));
    }
    seen += length;
  }

  /** Returns how many bytes were written. */
  long seen() {
    return seen;
  }
}
