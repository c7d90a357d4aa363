package tripod.identity.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Asks other servers, guarded. Safe between threads; blocks the caller. */
@FunctionalInterface
public interface OutboundHttp {
  /**
   * Sends a request and returns the answer, whatever its status.
   *
   * @throws OutboundFailure if it may not be sent, or no whole answer came within the limits
   */
  OutboundResponse send(OutboundRequest request);

  /**
   * Sends a request and hands the answer over while it comes. Redirects are not followed.
   *
   * @return what the reader makes of it
   * @throws OutboundFailure if it may not be sent, or no whole answer came within the limits; also
   *     while the reader reads
   */
  default <T> T stream(OutboundRequest request, Reader<T> reader) {
    OutboundResponse answer = send(request.redirects(0));
    return reader.read(
        new OutboundResponse(answer.status(), answer.uri(), answer.headers(), new byte[0]),
        new ByteArrayInputStream(answer.body()));
  }

  /**
   * Sends a request whose body is read while it is sent, and hands the answer over as {@link
   * #stream} does.
   */
  default <T> T upload(OutboundRequest request, Upload upload, Reader<T> reader) {
    try {
      return stream(request.with(upload.content().readAllBytes()), reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A body that is sent while it is read.
   *
   * @param content the body; closed by nobody
   * @param length its length in bytes, or -1 where it is not known
   */
  record Upload(InputStream content, long length) {}

  /**
   * Reads an answer while it comes.
   *
   * @param <T> what it makes of it
   */
  @FunctionalInterface
  interface Reader<T> {
    /**
     * Reads.
     *
     * @param head the answer without its body
     * @param body the body as it was sent, so still compressed where the head has a content coding;
     *     it ends with an {@link OutboundFailure} where the answer is too large or breaks off
     */
    T read(OutboundResponse head, InputStream body);
  }
}
