package tripod.identity.route;

import io.javalin.http.Context;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;

/**
 * A file that a member stored, on its way to whoever asked: as a whole or one part of it (RFC 9110,
 * section 14), with the headers that keep it from running in a browser under our name (SEC-55).
 *
 * @param cid its name, and so a validator that never lies
 * @param type what it is
 * @param size how many bytes it has
 */
public record UserFile(Cid cid, MediaType type, long size) {
  private static final int PARTIAL = 206;
  private static final int NOT_MODIFIED = 304;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  /** Types that a browser would run; they are only ever downloaded (SEC-55). */
  private static final Set<String> ACTIVE =
      Set.of(
          "text/html",
          "application/xhtml+xml",
          "image/svg+xml",
          "application/pdf",
          "text/xml",
          "application/xml",
          "text/javascript",
          "application/javascript",
          "application/ecmascript",
          "text/css");

  /** Opens a part of the bytes. */
  @FunctionalInterface
  public interface Bytes {
    /** Returns at most {@code length} bytes from an offset on; empty when they are gone. */
    Optional<InputStream> open(long offset, long length);
  }

  /** Says whether a browser would run what is of this type. */
  public static boolean isActive(MediaType type) {
    return ACTIVE.contains(type.essence()) || type.subtype().endsWith("+xml");
  }

  /** Writes the headers that every file of a member has. */
  public static void contain(Context answer) {
    answer.header("X-Content-Type-Options", "nosniff");
    answer.header("Content-Security-Policy", "default-src 'none'; sandbox");
    answer.header("Cross-Origin-Resource-Policy", "cross-origin");
    answer.header("Referrer-Policy", "no-referrer");
  }

  /**
   * Answers GET and HEAD.
   *
   * @return false, with nothing answered, when the bytes are gone
   */
  public boolean send(Context context, Bytes bytes) {
    String tag = "\"" + cid + "\"";
    Optional<ByteRange> part = Optional.empty();
    boolean isHead = context.req().getMethod().equals("HEAD");
    if (isKnown(context.header("If-None-Match"), tag)) {
      context.header("ETag", tag);
      context.status(NOT_MODIFIED);
      return true;
    }
    String range = context.header("Range");
    String condition = context.header("If-Range");
    if (range != null && !isHead && (condition == null || condition.strip().equals(tag))) {
      try {
        part = ByteRange.parse(range, size);
      } catch (ByteRange.Unsatisfiable outside) {
        context.status(RANGE_NOT_SATISFIABLE);
        context.header("Content-Range", "bytes */" + size);
        return true;
      }
    }
    long length = part.map(ByteRange::length).orElse(size);
    if (!isHead) {
      Optional<InputStream> opened =
          bytes.open(
              part.map(ByteRange::first).orElse(0L), part.isPresent() ? length : Long.MAX_VALUE);
      if (opened.isEmpty()) {
        return false;
      }
      context.result(opened.get());
    }
    contain(context);
    context.header("ETag", tag);
    context.header("Accept-Ranges", "bytes");
    part.ifPresent(
        found -> {
          context.status(PARTIAL);
          context.header(
              "Content-Range", "bytes " + found.first() + "-" + found.last() + "/" + size);
        });
    // Bytes are no text, and so have no character encoding.
    context.res().setContentType(null);
    context.res().setCharacterEncoding(null);
    context.contentType(type.toString());
    context.res().setContentLengthLong(length);
    return true;
  }

  private static boolean isKnown(@org.jspecify.annotations.Nullable String field, String tag) {
    if (field == null) {
      return false;
    }
    for (String known : field.split(",", -1)) {
      String bare = known.strip();
      if (bare.equals("*") || (bare.startsWith("W/") ? bare.substring(2) : bare).equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
