package tripod.podstore;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;

/**
 * The place of a resource inside its pod: decoded, normalised and without any domain.
 *
 * <p>Begins with a slash; a container ends with one. Limits (SEC-72): {@value #SEGMENT_BYTES_MAX}
 * bytes a segment, {@value #BYTES_MAX} bytes in all, {@value #LEVELS_MAX} levels; segments are not
 * empty, not {@code .} or {@code ..}, hold no slash, backslash, control or bidirectional formatting
 * character, and are in Unicode normal form C.
 *
 * @param value the path as text
 */
public record PodPath(String value) implements Comparable<PodPath> {
  /** Longest segment in UTF-8 bytes. */
  public static final int SEGMENT_BYTES_MAX = 512;

  /** Longest path in UTF-8 bytes. */
  public static final int BYTES_MAX = 2048;

  /** Most levels below the root. */
  public static final int LEVELS_MAX = 32;

  /** The pod's root container. */
  public static final PodPath ROOT = new PodPath("/");

  public PodPath {
    String fault = fault(value);
    if (fault != null) {
      throw new PodFailure.Invalid("path " + shown(value) + ": " + fault);
    }
  }

  /** Says whether this is a container's path. */
  public boolean isContainer() {
    return value.endsWith("/");
  }

  /** Says whether this is the pod's root. */
  public boolean isRoot() {
    return value.length() == 1;
  }

  /** Returns the container this resource is in; empty for the root. */
  public Optional<PodPath> parent() {
    if (isRoot()) {
      return Optional.empty();
    }
    int end = isContainer() ? value.length() - 1 : value.length();
    return Optional.of(new PodPath(value.substring(0, value.lastIndexOf('/', end - 1) + 1)));
  }

  /** Returns the last segment without a slash; empty for the root. */
  public String name() {
    int end = isContainer() ? value.length() - 1 : value.length();
    return isRoot() ? "" : value.substring(value.lastIndexOf('/', end - 1) + 1, end);
  }

  /** Returns the name under which the container lists it, with a slash for a container. */
  public String memberName() {
    return isContainer() && !isRoot() ? name() + "/" : name();
  }

  /**
   * Returns the path of a member of this container.
   *
   * @param name one segment, with a trailing slash for a container
   */
  public PodPath member(String name) {
    if (!isContainer()) {
      throw new IllegalArgumentException("not a container: " + value);
    }
    return new PodPath(value + name);
  }

  /** Says whether this path is below {@code container}, at any depth. */
  public boolean isUnder(PodPath container) {
    return container.isContainer()
        && value.length() > container.value.length()
        && value.startsWith(container.value);
  }

  @Override
  public int compareTo(PodPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static @org.jspecify.annotations.Nullable String fault(String value) {
    if (value.isEmpty() || value.charAt(0) != '/') {
      return "must begin with a slash";
    }
    boolean ascii = true;
    int levels = 0;
    int start = 1;
    for (int i = 1; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : '/';
      if (c == '/') {
        if (i == value.length() && start == i) {
          break; // the slash of a container was the last character
        }
        String fault = segmentFault(value, start, i);
        if (fault != null) {
          return fault;
        }
        levels++;
        start = i + 1;
      } else if (c < 0x20 || c == 0x7f || c == '\\') {
        return "holds a control character or backslash";
      } else if (c > 0x7f) {
        ascii = false;
        if ((c >= 0x80 && c < 0xa0)
            || (c >= 0x200e && c <= 0x200f)
            || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2066 && c <= 0x2069)
            || c == 0x061c) {
          return "holds a control or bidirectional character";
        }
      }
    }
    if (levels > LEVELS_MAX) {
      return "has " + levels + " levels, at most " + LEVELS_MAX + " are allowed";
    }
    if (!ascii && !Normalizer.isNormalized(value, Normalizer.Form.NFC)) {
      return "is not in Unicode normal form C";
    }
    int bytes = ascii ? value.length() : value.getBytes(StandardCharsets.UTF_8).length;
    return bytes > BYTES_MAX
        ? "has " + bytes + " bytes, at most " + BYTES_MAX + " are allowed"
        : null;
  }

  private static @org.jspecify.annotations.Nullable String segmentFault(
      String value, int start, int end) {
    int length = end - start;
    if (length == 0) {
      return "has an empty segment";
    }
    if (value.charAt(start) == '.'
        && (length == 1 || (length == 2 && value.charAt(start + 1) == '.'))) {
      return "has a dot segment";
    }
    if (length > SEGMENT_BYTES_MAX / 3
        && value.substring(start, end).getBytes(StandardCharsets.UTF_8).length
            > SEGMENT_BYTES_MAX) {
      return "has a segment over " + SEGMENT_BYTES_MAX + " bytes";
    }
    return null;
  }

  private static String shown(String value) {
    return value.length() > 100 ? value.substring(0, 100) + "…" : value;
  }
}
