package tripod.identity.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A body that somebody sends us while we hand it on: when it breaks, the other side is innocent.
 */
final class ClientsBody extends FilterInputStream {
  ClientsBody(InputStream content) {
    super(content);
  }

  @Override
  public int read() {
    try {
      return in.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return in.read(bytes, offset, length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
