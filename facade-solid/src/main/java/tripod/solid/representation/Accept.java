package tripod.solid.representation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/**
 * What a client takes: the {@code Accept} field.
 *
 * @param ranges what was asked for; empty means anything
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1">RFC 9110, section 12.5.1</a>
 */
public record Accept(List<Range> ranges) {
  /** Most ranges of a field that are looked at. */
  private static final int RANGES_MAX = 64;

  /** Takes anything. */
  public static final Accept ANYTHING = new Accept(List.of());

  public Accept {
    ranges = List.copyOf(ranges);
  }

  /** Reads a field; parts that cannot be read are skipped, as servers customarily do. */
  public static Accept parse(String field) {
    if (field.isBlank()) {
      return ANYTHING;
    }
    List<Range> ranges = new ArrayList<>();
    for (String part : field.split(",", RANGES_MAX)) {
      try {
        MediaType type = MediaType.parse(part.strip().equals("*") ? "*/*" : part);
        ranges.add(new Range(type, quality(type.parameter("q").orElse("1"))));
      } catch (SyntaxException unreadable) {
        // RFC 9110 says nothing of malformed ranges: one that cannot be read matches nothing.
      }
    }
    return new Accept(ranges);
  }

  private static double quality(String text) {
    try {
      return Math.clamp(Double.parseDouble(text), 0, 1);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** Returns the offer that is preferred, the first of equal ones; empty when none is taken. */
  public Optional<MediaType> choose(List<MediaType> offers) {
    Optional<MediaType> best = Optional.empty();
    double most = 0;
    for (MediaType offer : offers) {
      double quality = quality(offer);
      if (quality > most) {
        most = quality;
        best = Optional.of(offer);
      }
    }
    return best;
  }

  /** Returns how much a type is wanted, 0 to 1: the most specific range decides. */
  public double quality(MediaType offer) {
    if (ranges.isEmpty()) {
      return 1;
    }
    int specific = -1;
    double quality = 0;
    for (Range range : ranges) {
      int how = range.matches(offer);
      if (how > specific) {
        specific = how;
        quality = range.quality;
      }
    }
    return quality;
  }

  /** Says whether a type is named, not only covered by a wildcard. */
  public boolean names(MediaType type) {
    return ranges.stream().anyMatch(range -> range.type.is(type) && range.quality > 0);
  }

  /**
   * One range with its quality.
   *
   * @param type the range; its parameters do not restrict it
   * @param quality 0 to 1
   */
  public record Range(MediaType type, double quality) {
    private int matches(MediaType offer) {
      if (type.is(offer)) {
        return 2;
      }
      if (type.subtype().equals("*")) {
        return type.type().equals(offer.type()) ? 1 : type.type().equals("*") ? 0 : -1;
      }
      return -1;
    }
  }
}
