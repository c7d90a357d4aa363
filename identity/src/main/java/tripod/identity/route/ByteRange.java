package tripod.identity.route;

import java.util.Optional;

/**
 * A part of a representation, as asked for with {@code Range}.
 *
 * @param first offset of the first byte
 * @param last offset of the last byte, inclusive
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-14">RFC 9110, section 14</a>
 */
public record ByteRange(long first, long last) {
  private static final String UNIT = "bytes=";

  /** Returns the length in bytes. */
  public long length() {
    return last - first + 1;
  }

  /**
   * Reads a field for a representation of {@code size} bytes.
   *
   * @return empty when the field is to be ignored: another unit, malformed, or several ranges,
   *     which a server may answer with the whole
   * @throws Unsatisfiable when the range lies outside
   */
  public static Optional<ByteRange> parse(String field, long size) {
    if (!field.startsWith(UNIT) || field.indexOf(',') >= 0) {
      return Optional.empty();
    }
    String spec = field.substring(UNIT.length()).strip();
    int dash = spec.indexOf('-');
    if (dash < 0) {
      return Optional.empty();
    }
    try {
      if (dash == 0) {
        long suffix = Long.parseLong(spec.substring(1));
        if (suffix <= 0 || size == 0) {
          throw new Unsatisfiable(size);
        }
        return Optional.of(new ByteRange(Math.max(0, size - suffix), size - 1));
      }
      long first = Long.parseLong(spec.substring(0, dash));
      String end = spec.substring(dash + 1);
      long last = end.isEmpty() ? size - 1 : Math.min(Long.parseLong(end), size - 1);
      if (first >= size) {
        throw new Unsatisfiable(size);
      }
      return last < first ? Optional.empty() : Optional.of(new ByteRange(first, last));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The range lies outside of the representation. */
  public static final class Unsatisfiable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long size;

    Unsatisfiable(long size) {
      super("the representation has " + size + " bytes");
      this.size = size;
    }

    /** Returns the size of the representation in bytes. */
    public long size() {
      return size;
    }
  }
}
