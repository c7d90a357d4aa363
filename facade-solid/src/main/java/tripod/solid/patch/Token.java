package tripod.solid.patch;

/**
 * One word of a patch.
 *
 * @param kind what it is
 * @param text IRI, name, value or sign, unescaped
 * @param at offset of its first character, for messages
 */
record Token(Kind kind, String text, int at) {
  enum Kind {
    /** {@code <…>}, not yet resolved. */
    IRI,
    /** {@code prefix:local}, unescaped. */
    NAME,
    /** {@code _:label}. */
    BLANK,
    /** {@code ?x} or {@code $x}. */
    VARIABLE,
    /** A quoted string. */
    STRING,
    /** {@code 12}. */
    INTEGER,
    /** {@code 1.5}. */
    DECIMAL,
    /** {@code 1e5}. */
    DOUBLE,
    /** {@code @en} behind a string, or a directive. */
    AT,
    /** {@code ^^}. */
    TYPE,
    /** A bare word: {@code a}, {@code true}, {@code INSERT}. */
    WORD,
    /** One of {@code . ; , [ ] ( ) { }} or {@code =}. */
    SIGN,
    /** The end of the body. */
    END
  }

  boolean isSign(char sign) {
    return kind == Kind.SIGN && text.charAt(0) == sign;
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equalsIgnoreCase(word);
  }

  PatchFailure.Malformed unexpected(String wanted) {
    String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
    return new PatchFailure.Malformed(
        "at character "
            + at
            + ": expected "
            + wanted
            + ", found "
            + (kind == Kind.END ? "the end" : "'" + shown + "'"));
  }
}
