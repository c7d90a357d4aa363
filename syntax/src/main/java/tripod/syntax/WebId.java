package tripod.syntax;

import java.net.URI;

/**
 * A WebID: the IRI that names a person or a program in Solid.
 *
 * <p>Most have a fragment, and the document without it tells about the one named. Compared as text,
 * never resolved here. The host must be in ASCII (an internationalized one in its {@code xn--}
 * form), without user information.
 *
 * @param value an absolute http or https IRI of at most 2048 characters, without whitespace,
 *     controls and the characters {@code < > " { } | \ ^} and backtick
 * @see <a href="https://solid.github.io/webid-profile/">Solid: WebID Profile</a>
 */
public record WebId(String value) {
  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not an absolute http or https IRI
   */
  public WebId {
    if (!isValid(value)) {
      throw new SyntaxException("WebID", value);
    }
  }

  /**
   * Tells whether a text can be a WebID.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    return HttpIri.isValid(text);
  }

  /**
   * Gives the IRI of the document that tells about this WebID.
   *
   * @return the value without its fragment and the number sign before it
   */
  public String document() {
    int fragment = value.indexOf('#');
    return fragment < 0 ? value : value.substring(0, fragment);
  }

  /**
   * Gives the WebID as a URI.
   *
   * @return the whole value, with the fragment
   */
  public URI uri() {
    return URI.create(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
