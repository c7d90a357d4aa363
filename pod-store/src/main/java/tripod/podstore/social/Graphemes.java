package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Locale;

/**
 * Counts and cuts text in what people see as one character: extended grapheme clusters.
 *
 * @see <a href="https://www.unicode.org/reports/tr29/">Unicode text segmentation</a>
 */
public final class Graphemes {
  private static final String ELLIPSIS = "…";

  /** How far back a cut looks for white space, in graphemes. */
  private static final int SPACE_WITHIN = 30;

  private Graphemes() {}

  /** Returns how many graphemes a text has. */
  public static int count(String text) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int count = 0;
    while (breaks.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }

  /** Says whether a text keeps two limits. */
  public static boolean fits(String text, int graphemesMax, int bytesMax) {
    if (text.length() * 3L <= bytesMax && text.length() <= graphemesMax) {
      return true; // never more bytes than three a unit, never more graphemes than units
    }
    return text.getBytes(StandardCharsets.UTF_8).length <= bytesMax && count(text) <= graphemesMax;
  }

  /**
   * Returns a text that keeps two limits: itself, or its beginning with an ellipsis.
   *
   * <p>The cut is between graphemes, and at white space if there is some among the last {@value
   * #SPACE_WITHIN}.
   */
  public static String cut(String text, int graphemesMax, int bytesMax) {
    return fits(text, graphemesMax, bytesMax)
        ? text
        : text.substring(0, cutAt(text, graphemesMax, bytesMax)) + ELLIPSIS;
  }

  /** Cuts between graphemes only, for names, in which a lost word says more than a lost letter. */
  public static String cutName(String text, int graphemesMax, int bytesMax) {
    return fits(text, graphemesMax, bytesMax)
        ? text
        : text.substring(0, longest(text, graphemesMax, bytesMax)) + ELLIPSIS;
  }

  /** Returns the index behind what {@link #cut} keeps. */
  static int cutAt(String text, int graphemesMax, int bytesMax) {
    int end = longest(text, graphemesMax, bytesMax);
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int at = end;
    for (int i = 0; i <= SPACE_WITHIN && at > 0 && at != BreakIterator.DONE; i++) {
      if (at < text.length() && Character.isWhitespace(text.codePointAt(at))) {
        return stripEnd(text, at);
      }
      at = breaks.preceding(at);
    }
    return end;
  }

  private static int longest(String text, int graphemesMax, int bytesMax) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    int room = bytesMax - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
    int end = 0;
    int bytes = 0;
    for (int count = 1; count < graphemesMax; count++) {
      int next = breaks.next();
      if (next == BreakIterator.DONE) {
        break;
      }
      bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > room) {
        break;
      }
      end = next;
    }
    return end;
  }

  private static int stripEnd(String text, int end) {
    int at = end;
    while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
      at--;
    }
    return at > 0 ? at : end;
  }
}
