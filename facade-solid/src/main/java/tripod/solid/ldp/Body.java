package tripod.solid.ldp;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/** Reads what a request brings, never more than its limit. */
final class Body {
  /** Largest file in bytes (SEC-11). */
  static final long FILE_BYTES_MAX = 50L * 1024 * 1024;

  /** Largest body that is read as RDF, in bytes (SEC-11). */
  static final int RDF_BYTES_MAX = 10 * 1024 * 1024;

  /** Largest patch in bytes (SEC-11). */
  static final int PATCH_BYTES_MAX = 1024 * 1024;

  private Body() {}

  /**
   * Returns the content type.
   *
   * @return empty when there is neither a body nor a type
   * @throws Refusal with 400 when there is a body without a type, or a type that is none
   */
  static Optional<MediaType> type(Context request) {
    String encoding = request.header("Content-Encoding");
    if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
      throw new Refusal(415, "a body with a content encoding is not taken");
    }
    String field = request.header("Content-Type");
    if (field == null || field.isBlank()) {
      if (isEmpty(request)) {
        return Optional.empty();
      }
      throw new Refusal(400, "a body needs a Content-Type"); // Solid Protocol 2.1
    }
    try {
      MediaType type = MediaType.parse(field);
      if (type.type().equals("*") || type.subtype().equals("*")) {
        throw new Refusal(400, "Content-Type must be a media type, not a range");
      }
      return Optional.of(type);
    } catch (SyntaxException e) {
      throw new Refusal(400, "Content-Type is not a media type");
    }
  }

  private static boolean isEmpty(Context request) {
    String length = request.header("Content-Length");
    return length == null
        ? request.header("Transfer-Encoding") == null
        : length.strip().equals("0");
  }

  /**
   * Reads a whole body.
   *
   * @throws Refusal with 413 past the limit, with 400 when it ends early
   */
  static byte[] read(Context request, int bytesMax) {
    requireFits(request, bytesMax);
    try {
      byte[] bytes = request.req().getInputStream().readNBytes(bytesMax + 1);
      if (bytes.length > bytesMax) {
        throw tooLarge(bytesMax);
      }
      return bytes;
    } catch (IOException e) {
      throw new Refusal(400, "the body ended early");
    }
  }

  /** Returns the stream of a body that goes to the blob store, which counts it. */
  static InputStream stream(Context request, long bytesMax) {
    requireFits(request, bytesMax);
    try {
      return request.req().getInputStream();
    } catch (IOException e) {
      throw new Refusal(400, "the body ended early");
    }
  }

  private static void requireFits(Context request, long bytesMax) {
    if (request.req().getContentLengthLong() > bytesMax) {
      throw tooLarge(bytesMax);
    }
  }

  private static Refusal tooLarge(long bytesMax) {
    return new Refusal(413, "the body has more than " + bytesMax + " bytes");
  }
}
