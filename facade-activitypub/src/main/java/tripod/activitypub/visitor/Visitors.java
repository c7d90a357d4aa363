package tripod.activitypub.visitor;

import io.javalin.http.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.signature.SignatureVerifier;
import tripod.activitypub.signature.SignedRequest;
import tripod.identity.IdentityFailure;
import tripod.identity.access.Agent;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.Grant;
import tripod.syntax.PodNames;

/** Finds out who asks. Safe between threads. */
public final class Visitors {
  private static final String BEARER = "bearer ";

  private final SignatureVerifier verifier;
  private final BearerTokens tokens;

  /** Checks signatures with {@code verifier} and tokens with {@code tokens}. */
  public Visitors(SignatureVerifier verifier, BearerTokens tokens) {
    this.verifier = verifier;
    this.tokens = tokens;
  }

  /**
   * Returns who asks a member's host.
   *
   * @throws ActivityFailure.Unproven when a signature or token does not hold
   */
  public Agent agent(Context request, PodNames names) {
    if (isOwner(request, names)) {
      return Agent.owner(names);
    }
    if (request.header("Signature") != null) {
      SignedRequest signed = signed(request, names.origin(), new byte[0]);
      return Agent.of(verifier.verify(signed).owner());
    }
    return Agent.ANYONE;
  }

  /** Says whether a member themselves asks, by token. */
  public boolean isOwner(Context request, PodNames names) {
    return token(request, BearerTokens.READ)
        .filter(grant -> grant.pod().equals(names.pod()))
        .isPresent();
  }

  /**
   * Requires the member themselves.
   *
   * @throws ActivityFailure.Unproven without a token
   * @throws ActivityFailure.Forbidden with the token of somebody else
   */
  public void requireOwner(Context request, PodNames names) {
    Grant grant =
        token(request, reads(request) ? BearerTokens.READ : BearerTokens.ALL)
            .orElseThrow(() -> new ActivityFailure.Unproven("this needs a bearer token"));
    if (!grant.pod().equals(names.pod())) {
      throw new ActivityFailure.Forbidden("this outbox is somebody else's");
    }
  }

  private static boolean reads(Context request) {
    String method = request.req().getMethod();
    return method.equals("GET") || method.equals("HEAD");
  }

  private Optional<Grant> token(Context request, String scope) {
    String header = request.header("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.empty();
    }
    try {
      return Optional.of(tokens.verify(header.substring(BEARER.length()).strip(), scope));
    } catch (IdentityFailure.BadToken | IdentityFailure.ExpiredToken e) {
      throw new ActivityFailure.Unproven("the token is not good here", e);
    }
  }

  /**
   * Returns a request as its signature sees it.
   *
   * @param origin of the host that was asked, as the public sees it
   */
  public static SignedRequest signed(Context request, URI origin, byte[] body) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    List<String> names = Collections.list(request.req().getHeaderNames());
    for (String name : names) {
      List<String> values = new ArrayList<>(Collections.list(request.req().getHeaders(name)));
      headers.put(name, values);
    }
    String query = request.req().getQueryString();
    String target = origin + request.req().getRequestURI() + (query == null ? "" : "?" + query);
    try {
      return new SignedRequest(request.method().name(), URI.create(target), headers, body);
    } catch (IllegalArgumentException e) {
      throw new ActivityFailure.Malformed("the address cannot be read", e);
    }
  }
}
