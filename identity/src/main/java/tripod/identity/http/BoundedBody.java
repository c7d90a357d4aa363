package tripod.identity.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An answer's body that ends with a failure of ours when it is too large or breaks off. */
final class BoundedBody extends FilterInputStream {
  private final long bytesMax;
  private final Function<IOException, OutboundFailure> failures;
  private long count;
  private boolean atEnd;

  /** Bounds a body; null where the answer has none. */
  BoundedBody(
      @Nullable InputStream content,
      long bytesMax,
      Function<IOException, OutboundFailure> failures) {
    super(content == null ? InputStream.nullInputStream() : content);
    this.atEnd = content == null;
    this.bytesMax = bytesMax;
    this.failures = failures;
  }

  boolean isAtEnd() {
    return atEnd;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    int n;
    try {
      n = in.read(bytes, offset, length);
    } catch (IOException e) {
      throw failures.apply(e);
    }
    if (n < 0) {
      atEnd = true;
      return n;
    }
    count += n;
    if (count > bytesMax) {
      throw new OutboundFailure.TooLarge("the answer has over " + bytesMax + " bytes");
    }
    return n;
  }

  @Override
  public long skip(long n) {
    return 0;
  }

  /** Left to the client: closing would read the rest. */
  @Override
  public void close() {}
}
