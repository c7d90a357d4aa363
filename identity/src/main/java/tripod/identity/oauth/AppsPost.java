package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import tripod.identity.scope.Permissions;

/**
 * {@code POST /api/v1/apps} on a member's host: an app made for Mastodon makes itself known.
 *
 * @see <a href="https://docs.joinmastodon.org/methods/apps/#create">Mastodon: apps</a>
 */
final class AppsPost implements Handler {
  private static final Pattern SPACE = Pattern.compile("\\s+");
  private static final int REDIRECTS_MAX = 20;
  private static final int SCOPES_CHARS_MAX = 2_000;

  private final Exchange exchange;
  private final RegisteredClients clients;

  AppsPost(Exchange exchange, RegisteredClients clients) {
    this.exchange = exchange;
    this.clients = clients;
  }

  @Override
  public void handle(Context request) {
    exchange.answer(request, 200, this::register);
  }

  private String register(Context request) {
    Params params = Params.ofBody(request);
    String name =
        ClientMetadata.shown(params.get("client_name"))
            .orElseThrow(() -> OAuthFailure.request("expected client_name"));
    List<String> redirects =
        SPACE.splitAsStream(redirects(params)).filter(one -> !one.isEmpty()).toList();
    if (redirects.isEmpty() || redirects.size() > REDIRECTS_MAX) {
      throw OAuthFailure.request("expected 1 to " + REDIRECTS_MAX + " redirect_uris");
    }
    redirects.forEach(RedirectUris::checkOwn);
    Optional<URI> home = params.find("website").flatMap(RedirectUris::parse);
    RegisteredClients.Made made =
        clients.register(
            new RegisteredClients.Wanted(
                Dialect.MASTODON, Optional.of(name), home, redirects, scopes(params), true));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", made.clientId());
    json.put("name", name);
    json.put("website", home.map(URI::toString).orElse(null));
    json.put("redirect_uri", String.join("\n", redirects));
    redirects.forEach(json.putArray("redirect_uris")::add);
    json.put("client_id", made.clientId());
    json.put("client_secret", made.secret().orElse(""));
    json.put("client_secret_expires_at", 0);
    json.put("vapid_key", "");
    return json.toString();
  }

  private static String redirects(Params params) {
    return String.join(
        " ",
        params
            .all()
            .getOrDefault("redirect_uris[]", List.of(params.find("redirect_uris").orElse(""))));
  }

  private static Set<String> scopes(Params params) {
    String text = params.find("scopes").orElse("read");
    Set<String> scopes = new LinkedHashSet<>(Permissions.split(text));
    if (text.length() > SCOPES_CHARS_MAX || !scopes.stream().allMatch(MastodonScopes::isKnown)) {
      throw new OAuthFailure("invalid_scope", "scopes are read, write, follow, push and profile");
    }
    return scopes;
  }
}
