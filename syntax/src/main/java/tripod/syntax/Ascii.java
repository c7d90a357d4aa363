package tripod.syntax;

/** The character classes that the grammars of this package are made of; US-ASCII only. */
final class Ascii {
  private Ascii() {}

  static boolean isLower(char c) {
    return c >= 'a' && c <= 'z';
  }

  static boolean isLetter(char c) {
    return isLower(c) || (c >= 'A' && c <= 'Z');
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(char c) {
    return isLetter(c) || isDigit(c);
  }

  static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Lower-cases A to Z and nothing else; returns the same string when there is nothing to do. */
  static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (lower(text.charAt(i)) != text.charAt(i)) {
        char[] chars = text.toCharArray();
        for (int j = i; j < chars.length; j++) {
          chars[j] = lower(chars[j]);
        }
        return new String(chars);
      }
    }
    return text;
  }

  /**
   * Tells whether a range is one DNS label: 1 to 63 letters, digits and hyphens, no hyphen at
   * either end.
   */
  static boolean isLabel(String text, int from, int to) {
    if (to <= from || to - from > 63 || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isLetterOrDigit(c) && c != '-') {
        return false;
      }
    }
    return true;
  }

  /** Tells whether a range is only letters. */
  static boolean isLetters(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isLetter(text.charAt(i))) {
        return false;
      }
    }
    return to > from;
  }

  /** Tells whether a range is only digits. */
  static boolean isDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return to > from;
  }

  /** Tells whether a range is only letters and digits. */
  static boolean isLettersOrDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isLetterOrDigit(text.charAt(i))) {
        return false;
      }
    }
    return to > from;
  }

  /** The number that a range of at most nine digits spells. */
  static int number(String text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}
