package tripod.syntax;

import java.net.URI;

/**
 * The id of an ActivityPub actor.
 *
 * <p>Unlike a {@link WebId} it has no fragment: it is compared with what it is fetched from.
 * Compared as text, never fetched here. The host must be in ASCII (an internationalized one in its
 * {@code xn--} form), without user information.
 *
 * @param value an absolute http or https IRI of at most 2048 characters without a fragment,
 *     whitespace, controls and the characters {@code < > " { } | \ ^} and backtick
 * @see <a href="https://www.w3.org/TR/activitypub/#obj-id">ActivityPub, section 3.1</a>
 */
public record ActorIri(String value) {
  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not an absolute http or https IRI without fragment
   */
  public ActorIri {
    if (!isValid(value)) {
      throw new SyntaxException("actor IRI", value);
    }
  }

  /**
   * Tells whether a text can be the id of an actor.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    return text.indexOf('#') < 0 && HttpIri.isValid(text);
  }

  /**
   * Gives the host, as it is compared.
   *
   * @return the host in lower case, and a colon and the port if there is one other than the
   *     scheme's own
   */
  public String host() {
    URI uri = uri();
    String host = Ascii.lower(uri.getHost());
    int own = uri.getScheme().equals("https") ? 443 : 80;
    return uri.getPort() == -1 || uri.getPort() == own ? host : host + ":" + uri.getPort();
  }

  /**
   * Gives the id as a URI.
   *
   * @return the whole value
   */
  public URI uri() {
    return URI.create(value);
  }

  /**
   * Gives the origin: two ids with the same origin are in the hands of one server.
   *
   * @return scheme and {@link #host()}, for example {@code https://social.example}
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6454#section-6.2">RFC 6454, section 6.2</a>
   */
  public String origin() {
    return value.substring(0, value.indexOf("://") + 3) + host();
  }

  @Override
  public String toString() {
    return value;
  }
}
