package tripod.syntax;

/**
 * A name for an account: the DID that stays, or the handle that may change.
 *
 * @see <a href="https://atproto.com/specs/lexicon#at-identifier">AT Protocol: at-identifier</a>
 */
public sealed interface AtIdentifier permits Did, Handle {
  /**
   * Reads a DID or a handle; what begins with {@code did:} is never taken for a handle.
   *
   * @param text at most 2048 characters
   * @return a {@link Did}, or a {@link Handle} in lower case
   * @throws SyntaxException when the text is neither
   */
  static AtIdentifier parse(String text) {
    if (Did.isValid(text)) {
      return new Did(text);
    }
    if (Handle.isValid(text)) {
      return new Handle(text);
    }
    throw new SyntaxException("DID or handle", text);
  }

  /**
   * Tells whether a text is a DID or a handle.
   *
   * @param text anything
   * @return whether {@link #parse} takes it
   */
  static boolean isValid(String text) {
    return Did.isValid(text) || Handle.isValid(text);
  }

  /**
   * Gives the text of the identifier.
   *
   * @return the DID, or the handle in lower case
   */
  String value();
}
