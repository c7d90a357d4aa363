package tripod.atproto.lexicon;

import org.jspecify.annotations.Nullable;

/** What is known of lexicons. Safe between threads; answers at once, without the network. */
@FunctionalInterface
public interface Catalog {
  /** Returns a definition, or null when it is not known; asked several times a record. */
  @Nullable Definition find(DefinitionName name);

  /** Returns the catalog of what this house has definitions of its own for. */
  static Catalog own() {
    return OwnLexicons.ALL::get;
  }
}
