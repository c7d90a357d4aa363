package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;
import tripod.identity.token.OpaqueTokens;
import tripod.identity.token.UsedTokens;

/** Tokens for a code, once (SEC-56). */
final class CodeGrant {
  private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");
  private static final int GRANT_ID_CHARS = 30;

  /** How long a client may not use a challenge again (atproto.md 5.5). */
  private static final Duration CHALLENGE_REMEMBERED = Duration.ofHours(24);

  private final Exchange exchange;
  private final Clients clients;
  private final CodeStore codes;
  private final GrantStore grants;
  private final Issuing issuing;
  private final OpaqueTokens tokens;
  private final UsedTokens challenges;
  private final InstantSource clock;

  /** Where codes, grants and tokens are, and which challenges were used. */
  record Stores(
      CodeStore codes,
      GrantStore grants,
      Issuing issuing,
      OpaqueTokens tokens,
      UsedTokens challenges) {}

  CodeGrant(Exchange exchange, Clients clients, Stores stores, InstantSource clock) {
    this.exchange = exchange;
    this.clients = clients;
    this.codes = stores.codes();
    this.grants = stores.grants();
    this.issuing = stores.issuing();
    this.tokens = stores.tokens();
    this.challenges = stores.challenges();
    this.clock = clock;
  }

  ObjectNode answer(Context request, Params params) {
    String text = params.get("code");
    CodeStore.Code code =
        codes.peek(text).orElseThrow(() -> OAuthFailure.grant("the code is none of ours"));
    AuthorizationRequest asked = code.request();
    Clients.Shown shown = Exchange.shown(request, params);
    Client client = clients.find(shown.clientId(), asked.dialect());
    String auth = clients.authenticate(client, shown);
    // A proof without our nonce is sent back before the code is used up (atproto.md 5.4).
    Optional<String> key =
        asked.dialect() == Dialect.MASTODON
            ? Optional.empty()
            : Optional.of(exchange.proof(request, asked.dialect() == Dialect.ATPROTO));
    String grantId = tokens.make("g").substring(0, GRANT_ID_CHARS);
    if (!codes.use(text, grantId)) {
      // Somebody has it who should not: what came of it ends (RFC 6749 section 4.1.2).
      codes.peek(text).flatMap(CodeStore.Code::grantId).ifPresent(grants::revoke);
      throw OAuthFailure.grant("the code was used before");
    }
    check(code, shown, params, key);
    requireFresh(asked);
    Instant now = clock.instant();
    boolean refreshes = client.refreshes() && mayRefresh(code);
    AppGrant grant =
        new AppGrant(
            grantId,
            code.pod(),
            client.id(),
            client.name(),
            asked.dialect(),
            code.scopes(),
            key,
            auth,
            now,
            now,
            now);
    issuing.owner(grant);
    grant = within(grant, issuing.expiry(grant, refreshes));
    grants.insert(grant);
    return issuing.answer(grant, refreshes, asked.nonce());
  }

  private static AppGrant within(AppGrant grant, Instant expires) {
    return new AppGrant(
        grant.id(),
        grant.pod(),
        grant.clientId(),
        grant.clientName(),
        grant.dialect(),
        grant.scopes(),
        grant.thumbprint(),
        grant.clientAuth(),
        grant.created(),
        grant.used(),
        expires);
  }

  private static boolean mayRefresh(CodeStore.Code code) {
    return switch (code.request().dialect()) {
      case ATPROTO -> true;
      case SOLID -> code.scopes().contains("offline_access");
      case MASTODON -> false;
    };
  }

  private void check(
      CodeStore.Code code, Clients.Shown shown, Params params, Optional<String> key) {
    AuthorizationRequest asked = code.request();
    if (code.expiresMs() <= clock.millis()) {
      throw OAuthFailure.grant("the code has expired");
    }
    if (!asked.clientId().equals(shown.clientId())) {
      throw OAuthFailure.grant("the code is another client's");
    }
    if (params.find("redirect_uri").filter(uri -> !uri.equals(asked.redirect())).isPresent()) {
      throw OAuthFailure.grant("redirect_uri is another than that of the request");
    }
    if (asked.thumbprint().isPresent() && !asked.thumbprint().equals(key)) {
      throw OAuthFailure.grant("the proof is of another key than that of the request");
    }
    if (asked.challenge().isPresent()) {
      checkVerifier(asked.challenge().get(), params.find("code_verifier").orElse(""));
    } else if (params.find("code_verifier").isPresent()) {
      // RFC 9700 section 2.1.1: somebody may have taken the challenge out of the request.
      throw OAuthFailure.grant("the request had no code_challenge");
    }
  }

  /**
   * A verifier that was used may be known to others by now. Asked last, so that nobody but who has
   * the verifier uses a challenge up.
   */
  private void requireFresh(AuthorizationRequest asked) {
    if (asked.dialect() != Dialect.ATPROTO || asked.challenge().isEmpty()) {
      return;
    }
    String id = "pkce " + asked.challenge().get() + " " + asked.clientId();
    if (!challenges.isFirst(id, clock.instant().plus(CHALLENGE_REMEMBERED))) {
      throw OAuthFailure.grant("code_challenge was used before; make a new one each time");
    }
  }

  private static void checkVerifier(String challenge, String verifier) {
    if (!VERIFIER.matcher(verifier).matches()
        || !MessageDigest.isEqual(
            OpaqueTokens.hash(verifier).getBytes(StandardCharsets.US_ASCII),
            challenge.getBytes(StandardCharsets.US_ASCII))) {
      throw OAuthFailure.grant("code_verifier does not fit the request");
    }
  }
}
