package tripod.identity.token;

import java.util.List;

/**
 * Checks access tokens of ATProto's OAuth where they are used: bound to a key, looked up with every
 * use, so that a revoked one ends at once (atproto.md 5.5, 5.6).
 */
public interface OAuthAccess {
  /**
   * Checks a token that came with the scheme {@code DPoP}.
   *
   * @param token the token
   * @param proofs the values of all {@code DPoP} fields
   * @param method the request's method
   * @param url the request's URL as the public sees it
   */
  Answer verify(String token, List<String> proofs, String method, String url);

  /** Returns the nonce that the next proof is to hold. */
  String nonce();

  /** What came of a check. */
  sealed interface Answer {
    /**
     * The token is good.
     *
     * @param grant what it allows; permission sets are expanded in its scopes
     */
    record Known(Grant grant) implements Answer {}

    /**
     * It is not: 401.
     *
     * @param error the word of RFC 9449 section 7.1 or 9: {@code invalid_token}, {@code
     *     invalid_dpop_proof} or {@code use_dpop_nonce}
     * @param reason for the answer's body
     */
    record Refused(String error, String reason) implements Answer {
      /** Returns the value of {@code WWW-Authenticate}. */
      public String challenge() {
        return "DPoP error=\"" + error + "\", error_description=\"" + reason + "\"";
      }
    }
  }
}
