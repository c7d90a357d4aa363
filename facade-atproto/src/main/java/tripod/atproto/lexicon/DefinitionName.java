package tripod.atproto.lexicon;

import java.util.Optional;
import tripod.syntax.Nsid;

/**
 * The name of one definition in a lexicon document: {@code app.bsky.richtext.facet#link}.
 *
 * @param document the document it is in
 * @param name its name there; {@value #MAIN} is the document's own
 */
public record DefinitionName(Nsid document, String name) {
  /** The name of a document's main definition, which is not written. */
  public static final String MAIN = "main";

  /** Returns the name of a document's main definition. */
  public static DefinitionName main(Nsid document) {
    return new DefinitionName(document, MAIN);
  }

  /**
   * Reads a name as references write it: {@code nsid}, {@code nsid#name}, or {@code #name} within a
   * document.
   *
   * @param base the document it was read in
   */
  static Optional<DefinitionName> parse(String text, Nsid base) {
    int hash = text.indexOf('#');
    String document = hash < 0 ? text : text.substring(0, hash);
    String name = hash < 0 ? MAIN : text.substring(hash + 1);
    if (!isName(name) || !(document.isEmpty() ? hash == 0 : Nsid.isValid(document))) {
      return Optional.empty();
    }
    return Optional.of(new DefinitionName(document.isEmpty() ? base : new Nsid(document), name));
  }

  /** Says whether a definition can have a name: letters and digits, a letter first. */
  static boolean isName(String name) {
    if (name.isEmpty() || name.length() > Nsid.MAX_CHARS) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || !((c >= '0' && c <= '9') || c == '_'))) {
        return false;
      }
    }
    return true;
  }

  /** Returns it as {@code $type} writes it: a main definition by its document alone. */
  @Override
  public String toString() {
    return name.equals(MAIN) ? document.value() : document + "#" + name;
  }
}
