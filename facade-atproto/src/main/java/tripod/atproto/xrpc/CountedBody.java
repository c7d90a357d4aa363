package tripod.atproto.xrpc;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that is refused as soon as it is too large, whatever length was told. */
final class CountedBody extends FilterInputStream {
  private final long bytesMax;
  private long count;

  CountedBody(InputStream content, long bytesMax) {
    super(content);
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int one = in.read();
    counted(one < 0 ? 0 : 1);
    return one;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int n = in.read(bytes, offset, length);
    counted(Math.max(0, n));
    return n;
  }

  private void counted(int n) {
    count += n;
    if (count > bytesMax) {
      throw Forwarding.tooLarge();
    }
  }
}
