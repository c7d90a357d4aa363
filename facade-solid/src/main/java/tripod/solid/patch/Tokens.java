package tripod.solid.patch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a patch into words; N3 and SPARQL share them. */
final class Tokens {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:[0-9]+(?:\\.[0-9]+)?|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");

  private final String text;
  private int at;
  private Token next;

  Tokens(String text) {
    this.text = text;
    this.next = scan();
  }

  /** Returns the next word without taking it. */
  Token peek() {
    return next;
  }

  /** Takes the next word. */
  Token take() {
    Token taken = next;
    next = scan();
    return taken;
  }

  /** Takes the next word if it is this sign. */
  boolean takeSign(char sign) {
    if (!next.isSign(sign)) {
      return false;
    }
    take();
    return true;
  }

  /** Takes the next word, which must be this sign. */
  void expectSign(char sign) {
    if (!takeSign(sign)) {
      throw next.unexpected("'" + sign + "'");
    }
  }

  private Token scan() {
    skipSpace();
    if (at >= text.length()) {
      return new Token(Token.Kind.END, "", at);
    }
    char c = text.charAt(at);
    int start = at;
    return switch (c) {
      case '<' -> iri();
      case '"', '\'' -> string(c);
      case '?', '$' -> new Token(Token.Kind.VARIABLE, word(start + 1, false), start);
      case '@' -> new Token(Token.Kind.AT, word(start + 1, true), start);
      case '^' -> {
        if (!text.startsWith("^^", at)) {
          throw malformed("paths are not part of a patch");
        }
        at += 2;
        yield new Token(Token.Kind.TYPE, "^^", start);
      }
      case ';', ',', '[', ']', '(', ')', '{', '}', '=' -> sign(c);
      case '.' -> isDigit(start + 1) ? number() : sign(c);
      case '+', '-' -> number();
      default -> c >= '0' && c <= '9' ? number() : name();
    };
  }

  private Token sign(char c) {
    return new Token(Token.Kind.SIGN, String.valueOf(c), at++);
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
          at++;
        }
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        at++;
      } else {
        return;
      }
    }
  }

  private Token iri() {
    int start = at++;
    StringBuilder iri = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '>') {
        at++;
        return new Token(Token.Kind.IRI, iri.toString(), start);
      }
      if (c == '\\') {
        unescape(iri, false);
        continue;
      }
      if (c <= ' ' || c == '<' || c == '"' || c == '{' || c == '}' || c == '|' || c == '^'
          || c == '`') {
        break;
      }
      iri.append(c);
      at++;
    }
    throw new PatchFailure.Malformed("at character " + start + ": an IRI that does not end");
  }

  private Token string(char quote) {
    int start = at;
    String three = String.valueOf(quote).repeat(3);
    boolean isLong = text.startsWith(three, at);
    at += isLong ? 3 : 1;
    StringBuilder value = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\') {
        unescape(value, true);
      } else if (isLong ? text.startsWith(three, at) : c == quote) {
        at += isLong ? 3 : 1;
        return new Token(Token.Kind.STRING, value.toString(), start);
      } else if (!isLong && (c == '\n' || c == '\r')) {
        break;
      } else {
        value.append(c);
        at++;
      }
    }
    throw new PatchFailure.Malformed("at character " + start + ": a string that does not end");
  }

  private void unescape(StringBuilder into, boolean inString) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    int digits = c == 'u' ? 4 : c == 'U' ? 8 : 0;
    if (digits > 0) {
      try {
        into.appendCodePoint(Integer.parseInt(text.substring(at + 2, at + 2 + digits), 16));
      } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
        throw malformed("an escape that names no character");
      }
      at += 2 + digits;
      return;
    }
    int which = inString ? "tbnrf\"'\\".indexOf(c) : -1;
    if (which < 0) {
      throw malformed("an unknown escape");
    }
    into.append("\t\b\n\r\f\"'\\".charAt(which));
    at += 2;
  }

  private Token number() {
    Matcher matcher = NUMBER.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw malformed("a number was expected");
    }
    String number = matcher.group();
    int start = at;
    at = matcher.end();
    Token.Kind kind =
        number.indexOf('e') >= 0 || number.indexOf('E') >= 0
            ? Token.Kind.DOUBLE
            : number.indexOf('.') >= 0 ? Token.Kind.DECIMAL : Token.Kind.INTEGER;
    return new Token(kind, number, start);
  }

  /** A name with a prefix, a blank node's label, or a bare word. */
  private Token name() {
    int start = at;
    int end = at;
    while (end < text.length() && isNameChar(text.charAt(end))) {
      end++;
    }
    if (end == start && (end >= text.length() || text.charAt(end) != ':')) {
      throw malformed("an unexpected character");
    }
    if (end >= text.length() || text.charAt(end) != ':') {
      at = end;
      return new Token(Token.Kind.WORD, text.substring(start, end), start);
    }
    String prefix = text.substring(start, end);
    at = end + 1;
    if (prefix.equals("_")) {
      return new Token(Token.Kind.BLANK, word(at, true), start);
    }
    return new Token(Token.Kind.NAME, prefix + ":" + local(), start);
  }

  private String local() {
    StringBuilder local = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < text.length()) {
        local.append(text.charAt(at + 1));
        at += 2;
      } else if (isNameChar(c) || c == ':' || c == '%') {
        local.append(c);
        at++;
      } else if (c == '.') {
        // A name may hold dots and may not end with one.
        int end = at;
        while (end < text.length() && text.charAt(end) == '.') {
          end++;
        }
        boolean goesOn =
            end < text.length()
                && (isNameChar(text.charAt(end)) || ":%\\".indexOf(text.charAt(end)) >= 0);
        if (!goesOn) {
          break;
        }
        local.append(text, at, end);
        at = end;
      } else {
        break;
      }
    }
    return local.toString();
  }

  private String word(int from, boolean dashes) {
    int end = from;
    while (end < text.length()
        && isNameChar(text.charAt(end))
        && (dashes || text.charAt(end) != '-')) {
      end++;
    }
    if (end == from) {
      throw malformed("a name was expected");
    }
    at = end;
    return text.substring(from, end);
  }

  private static boolean isNameChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-'
        || c == 0xb7
        || (c >= 0xc0 && c != 0xd7 && c != 0xf7 && c != 0x37e && (c < 0x2000 || c > 0x206f));
  }

  private boolean isDigit(int index) {
    return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
  }

  private PatchFailure.Malformed malformed(String what) {
    return new PatchFailure.Malformed("at character " + at + ": " + what);
  }
}
