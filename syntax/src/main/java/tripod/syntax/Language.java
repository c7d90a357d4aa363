package tripod.syntax;

import java.util.HashSet;
import java.util.Set;

/**
 * A language tag, well-formed by BCP 47; whether its subtags are registered is not asked.
 *
 * <p>The text is kept as it is. As in the other implementations, a primary language has two or
 * three letters and is in lower case; longer ones, which RFC 5646 reserves, are refused. A tag with
 * a subtag repeated that may not be is well-formed and a value, as records that carry it are taken
 * elsewhere; {@link #hasRepeats()} tells.
 *
 * @param value the text, 2 to {@value #MAX_CHARS} characters
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5646#section-2.1">RFC 5646, section 2.1</a>
 */
public record Language(String value) {
  /** The longest tag, in characters. */
  public static final int MAX_CHARS = 128;

  /** RFC 5646, section 2.2.8: the grandfathered tags that the grammar does not cover. */
  private static final Set<String> IRREGULAR =
      Set.of(
          "en-gb-oed",
          "i-ami",
          "i-bnn",
          "i-default",
          "i-enochian",
          "i-hak",
          "i-klingon",
          "i-lux",
          "i-mingo",
          "i-navajo",
          "i-pwn",
          "i-tao",
          "i-tay",
          "i-tsu",
          "sgn-be-fr",
          "sgn-be-nl",
          "sgn-ch-de");

  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not a well-formed tag
   */
  public Language {
    if (!isValid(value)) {
      throw new SyntaxException("language tag", value);
    }
  }

  /**
   * Tells whether a text is a well-formed tag.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    return text.length() <= MAX_CHARS
        && (IRREGULAR.contains(Ascii.lower(text)) || new Scanner(text).isTag());
  }

  /**
   * Tells whether a variant or the letter of an extension stands twice, in whatever case, so that
   * the tag is well-formed but not valid.
   *
   * @return whether something is repeated that may not be
   * @see <a href="https://www.rfc-editor.org/rfc/rfc5646#section-2.2.9">RFC 5646, section 2.2.9</a>
   */
  public boolean hasRepeats() {
    var scanner = new Scanner(value);
    return !IRREGULAR.contains(Ascii.lower(value)) && scanner.isTag() && scanner.repeats;
  }

  @Override
  public String toString() {
    return value;
  }

  /** Goes once over the subtags, in the order of the grammar. */
  private static final class Scanner {
    private final String text;
    private final Set<String> seen = new HashSet<>();
    private int start;
    private int end;
    private boolean repeats;

    Scanner(String text) {
      this.text = text;
      this.end = endFrom(0);
    }

    boolean isTag() {
      if (isSingleton() && isPrivateUseLetter()) {
        return privateUse();
      }
      if (!isPrimaryLanguage()) {
        return false;
      }
      next();
      for (int i = 0; i < 3 && length() == 3 && isLetters(); i++) {
        next();
      }
      if (length() == 4 && isLetters()) {
        next();
      }
      if ((length() == 2 && isLetters()) || (length() == 3 && isDigits())) {
        next();
      }
      while (isVariant()) {
        note();
        next();
      }
      while (isSingleton() && !isPrivateUseLetter()) {
        note();
        next();
        if (!isExtensionPart()) {
          return false;
        }
        while (isExtensionPart()) {
          next();
        }
      }
      return atEnd() || (isSingleton() && isPrivateUseLetter() && privateUse());
    }

    private boolean privateUse() {
      next();
      if (atEnd()) {
        return false;
      }
      while (!atEnd()) {
        if (length() > 8 || !isLettersOrDigits()) {
          return false;
        }
        next();
      }
      return true;
    }

    private boolean isPrimaryLanguage() {
      for (int i = start; i < end; i++) {
        if (!Ascii.isLower(text.charAt(i))) {
          return false;
        }
      }
      return length() == 2 || length() == 3;
    }

    private boolean isVariant() {
      return isLettersOrDigits()
          && ((length() >= 5 && length() <= 8)
              || (length() == 4 && Ascii.isDigit(text.charAt(start))));
    }

    private boolean isExtensionPart() {
      return length() >= 2 && length() <= 8 && isLettersOrDigits();
    }

    private boolean isSingleton() {
      return length() == 1 && isLettersOrDigits();
    }

    private boolean isPrivateUseLetter() {
      return Ascii.lower(text.charAt(start)) == 'x';
    }

    private void note() {
      repeats |= !seen.add(Ascii.lower(text.substring(start, end)));
    }

    /** Past the last subtag, start lies beyond the end of the text and the length is -1. */
    private boolean atEnd() {
      return start > text.length();
    }

    private int length() {
      return end - start;
    }

    private boolean isLetters() {
      return Ascii.isLetters(text, start, end);
    }

    private boolean isDigits() {
      return Ascii.isDigits(text, start, end);
    }

    private boolean isLettersOrDigits() {
      return Ascii.isLettersOrDigits(text, start, end);
    }

    private void next() {
      start = end + 1;
      end = start > text.length() ? text.length() : endFrom(start);
    }

    private int endFrom(int from) {
      int hyphen = text.indexOf('-', from);
      return hyphen < 0 ? text.length() : hyphen;
    }
  }
}
