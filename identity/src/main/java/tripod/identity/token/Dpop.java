package tripod.identity.token;

import java.util.List;
import java.util.Optional;

/**
 * Checks proofs that the sender of a token holds its key.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">RFC 9449, section 4.3</a>
 */
public interface Dpop {
  /**
   * Checks a proof and remembers it, so that it is good once.
   *
   * @param proofs the values of all {@code DPoP} fields; exactly one is right
   * @param method the request's method
   * @param url the request's URL as the public sees it; query and fragment are ignored
   * @param accessToken the token that comes with it, whose hash the proof must hold
   * @return the thumbprint of the key
   * @throws tripod.identity.IdentityFailure.BadToken if anything is wrong
   */
  String verify(List<String> proofs, String method, String url, Optional<String> accessToken);

  /**
   * Checks a proof of a Solid client: the libraries most of them use are older than RFC 9449 and
   * leave the token's hash out. A hash that is there must be right; the token is bound to the
   * proof's key either way.
   *
   * @return the thumbprint of the key
   * @throws tripod.identity.IdentityFailure.BadToken if anything is wrong
   */
  String verifyOfSolidClient(List<String> proofs, String method, String url, String accessToken);

  /**
   * Checks a proof that must hold a nonce of ours, as ATProto clients' must (atproto.md 5.5). One
   * with a stale nonce, or none, is not used up.
   *
   * @throws tripod.identity.IdentityFailure.BadToken if anything else is wrong
   */
  Outcome verifyWithNonce(
      List<String> proofs, String method, String url, Optional<String> accessToken);

  /** What came of a proof that must hold a nonce. */
  sealed interface Outcome {
    /**
     * It is good.
     *
     * @param thumbprint of the key
     */
    record Proved(String thumbprint) implements Outcome {}

    /** It is good but for the nonce; the client is to try again with the current one. */
    record StaleNonce() implements Outcome {}
  }

  /** Returns the nonce a server asks for now; it changes every minute and is good for three. */
  String nonce();
}
