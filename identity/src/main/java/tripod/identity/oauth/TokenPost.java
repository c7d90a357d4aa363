package tripod.identity.oauth;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code POST /oauth/token}: tokens for a code, for a refresh token, or for the credentials of a
 * script.
 */
final class TokenPost implements Handler {
  private final Exchange exchange;
  private final CodeGrant codes;
  private final RefreshGrant refreshes;
  private final CredentialsGrant credentials;

  TokenPost(
      Exchange exchange, CodeGrant codes, RefreshGrant refreshes, CredentialsGrant credentials) {
    this.exchange = exchange;
    this.codes = codes;
    this.refreshes = refreshes;
    this.credentials = credentials;
  }

  @Override
  public void handle(Context request) {
    exchange.answer(request, 200, this::answer);
  }

  private String answer(Context request) {
    Params params = Params.ofBody(request);
    return switch (params.get("grant_type")) {
      case "authorization_code" -> codes.answer(request, params).toString();
      case "refresh_token" -> refreshes.answer(request, params).toString();
      case "client_credentials" -> credentials.answer(request, params).toString();
      default ->
          throw new OAuthFailure(
              "unsupported_grant_type",
              "grant_type is authorization_code, refresh_token or client_credentials");
    };
  }
}
