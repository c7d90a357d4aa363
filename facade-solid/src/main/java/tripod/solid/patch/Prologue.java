package tripod.solid.patch;

/** Declarations of prefixes and of the base. */
final class Prologue {
  private Prologue() {}

  /** Reads what stands behind the word that opens a declaration. */
  static void declare(Tokens tokens, Terms terms, boolean isPrefix) {
    String prefix = "";
    if (isPrefix) {
      Token name = tokens.take();
      if (name.kind() != Token.Kind.NAME || !name.text().endsWith(":")) {
        throw name.unexpected("a prefix with a colon");
      }
      prefix = name.text().substring(0, name.text().length() - 1);
    }
    Token iri = tokens.take();
    if (iri.kind() != Token.Kind.IRI) {
      throw iri.unexpected("an IRI");
    }
    if (isPrefix) {
      terms.prefix(prefix, iri);
    } else {
      terms.base(iri);
    }
  }
}
