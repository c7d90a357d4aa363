package tripod.identity.oauth;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code POST /oauth/revoke}: ends what a token came of, whichever kind it is; a token that is none
 * is no fault.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7009">RFC 7009</a>
 */
final class RevokePost implements Handler {
  private final Exchange exchange;
  private final GrantStore grants;

  RevokePost(Exchange exchange, GrantStore grants) {
    this.exchange = exchange;
    this.grants = grants;
  }

  @Override
  public void handle(Context request) {
    exchange.answer(
        request,
        200,
        asked -> {
          Params.ofBody(asked)
              .find("token")
              .flatMap(grants::find)
              .ifPresent(token -> grants.revoke(token.grant().id()));
          return "{}";
        });
  }
}
