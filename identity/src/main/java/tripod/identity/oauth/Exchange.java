package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.token.ClientAssertions;
import tripod.identity.token.Dpop;

/** What the endpoints that clients talk to do alike: proofs, credentials, answers. */
final class Exchange {
  private final Dpop dpop;
  private final String origin;

  Exchange(Dpop dpop, String origin) {
    this.dpop = dpop;
    this.origin = origin;
  }

  /** What an endpoint does with a request. */
  @FunctionalInterface
  interface Work {
    /** Returns the body of the answer. */
    String answer(Context request);
  }

  /**
   * Answers a client: JSON, kept nowhere, readable from any origin, with the nonce for its next
   * proof. The one place where refusals of the authorization server become answers.
   */
  void answer(Context request, int status, Work work) {
    request.header("Cache-Control", "no-store");
    request.header("Access-Control-Allow-Origin", "*");
    request.header("Access-Control-Expose-Headers", "DPoP-Nonce, WWW-Authenticate");
    request.header("DPoP-Nonce", dpop.nonce());
    try {
      String body = work.answer(request);
      request.status(status);
      if (!body.isEmpty()) {
        request.contentType("application/json").result(body);
      }
    } catch (OAuthFailure e) {
      refuse(request, e.error(), e.description());
    } catch (IdentityFailure.BadToken e) {
      refuse(request, "invalid_dpop_proof", String.valueOf(e.getMessage()));
    }
  }

  private static void refuse(Context request, String error, String description) {
    boolean credentials = error.equals("invalid_client") && request.path().equals("/oauth/token");
    if (credentials) {
      request.header("WWW-Authenticate", "Basic realm=\"oauth\"");
    }
    request
        .status(credentials ? 401 : 400)
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("error_description", description)
                .toString());
  }

  /**
   * Checks the proof of a request.
   *
   * @param withNonce whether it must hold a nonce of ours
   * @return the thumbprint of its key
   */
  String proof(Context request, boolean withNonce) {
    List<String> proofs = Collections.list(request.req().getHeaders("DPoP"));
    String url = origin + request.path();
    if (!withNonce) {
      return dpop.verify(proofs, "POST", url, Optional.empty());
    }
    return switch (dpop.verifyWithNonce(proofs, "POST", url, Optional.empty())) {
      case Dpop.Outcome.Proved(String thumbprint) -> thumbprint;
      case Dpop.Outcome.StaleNonce stale ->
          throw new OAuthFailure("use_dpop_nonce", "the proof must hold the nonce sent here");
    };
  }

  /** Says whether a request came with a proof. */
  static boolean hasProof(Context request) {
    return request.header("DPoP") != null;
  }

  /** Returns what a client sent to show that it is itself: by Basic, or in the form. */
  static Clients.Shown shown(Context request, Params params) {
    String authorization = request.header("Authorization");
    if (authorization != null) {
      return basic(authorization);
    }
    Optional<String> assertion = params.find("client_assertion");
    String clientId =
        params
            .find("client_id")
            .or(() -> assertion.flatMap(ClientAssertions::claimedClient))
            .orElseThrow(() -> OAuthFailure.client("expected a client id"));
    return new Clients.Shown(
        clientId,
        params.find("client_secret").map(Secret::of),
        params.find("client_assertion_type"),
        assertion);
  }

  private static Clients.Shown basic(String authorization) {
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      throw OAuthFailure.client("expected a client id and secret");
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon > 0) {
        // RFC 6749 section 2.3.1: both are form-encoded before they are put together.
        return new Clients.Shown(
            URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
            Optional.of(
                Secret.of(URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8))),
            Optional.empty(),
            Optional.empty());
      }
    } catch (IllegalArgumentException e) {
      throw new OAuthFailure("invalid_client", "expected a client id and secret", e);
    }
    throw OAuthFailure.client("expected a client id and secret");
  }
}
