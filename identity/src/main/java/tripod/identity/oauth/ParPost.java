package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code POST /oauth/par}: a request sent ahead, for ATProto clients.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9126">RFC 9126</a>
 */
final class ParPost implements Handler {
  private final Exchange exchange;
  private final Clients clients;
  private final RequestReading reading;
  private final RequestStore requests;

  ParPost(Exchange exchange, Clients clients, RequestReading reading, RequestStore requests) {
    this.exchange = exchange;
    this.clients = clients;
    this.reading = reading;
    this.requests = requests;
  }

  @Override
  public void handle(Context request) {
    exchange.answer(request, 201, this::push);
  }

  private String push(Context request) {
    Params params = Params.ofBody(request);
    Clients.Shown shown = Exchange.shown(request, params);
    Client client = clients.find(shown.clientId(), Dialect.ATPROTO);
    if (client.dialect() != Dialect.ATPROTO) {
      throw new OAuthFailure("unauthorized_client", "only ATProto clients push their requests");
    }
    // RFC 9126 section 2.1: a request may not stand for another one.
    if (params.find("request_uri").isPresent()) {
      throw OAuthFailure.request("request_uri may not be pushed");
    }
    clients.authenticate(client, shown);
    AuthorizationRequest asked = reading.read(client, params);
    // The profile wants a proof here; the reference takes a request without (atproto.md 5.4), and
    // so do we: the tokens are bound to the key that asks for them.
    if (Exchange.hasProof(request)) {
      String key = exchange.proof(request, /* withNonce= */ true);
      if (asked.thumbprint().filter(named -> !named.equals(key)).isPresent()) {
        throw OAuthFailure.request("dpop_jkt names another key than the proof");
      }
      asked = asked.boundTo(key);
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("request_uri", requests.keep(asked))
        .put("expires_in", RequestStore.LIFE.toSeconds())
        .toString();
  }
}
