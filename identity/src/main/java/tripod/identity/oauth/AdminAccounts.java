package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.route.DepthScan;
import tripod.identity.route.Route;
import tripod.identity.token.ClientCredentials;
import tripod.syntax.PodNames;

/**
 * {@code POST /api/admin/accounts}: an account made by the operator, with the admin token; the same
 * as one that somebody signs up for, and a pair of client credentials with it.
 */
public final class AdminAccounts {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long BODY_BYTES_MAX = 64 * 1024;
  private static final String PATH = "/api/admin/accounts";

  private final IdentityConfig config;
  private final Accounts accounts;
  private final ClientCredentials clients;
  private final Secret adminToken;

  /** Lets the holder of the admin token in. */
  public AdminAccounts(
      IdentityConfig config, Accounts accounts, ClientCredentials clients, Secret adminToken) {
    this.config = config;
    this.accounts = accounts;
    this.clients = clients;
    this.adminToken = adminToken;
  }

  /** Returns the routes. */
  public List<Route> routes() {
    return List.of(
        Route.post(
            Route.HostKind.ADMIN,
            PATH,
            Route.Access.ADMIN,
            BODY_BYTES_MAX,
            Route.RateClass.SIGN_UP,
            this::handle));
  }

  private void handle(Context request) {
    if (!isAdmin(request.header("Authorization"))) {
      request.header("WWW-Authenticate", "Bearer realm=\"admin\"");
      refuse(request, 401, "AuthenticationRequired", "expected the admin token");
      return;
    }
    try {
      request.contentType("application/json").result(create(request).toString());
    } catch (IOException e) {
      refuse(request, 400, "InvalidRequest", "expected a JSON object");
    } catch (IdentityFailure e) {
      refuse(request, status(e), e.getClass().getSimpleName(), e.getMessage());
    }
  }

  /** Says whether an Authorization field holds the admin token; in constant time (SEC-05). */
  public boolean isAdmin(@Nullable String authorization) {
    return authorization != null
        && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        && adminToken.matches(Secret.of(authorization.substring(7).strip()));
  }

  private static int status(IdentityFailure failure) {
    return switch (failure) {
      case IdentityFailure.NotFound f -> 404;
      case IdentityFailure.Gone f -> 410;
      case IdentityFailure.Forbidden f -> 403;
      case IdentityFailure.BadPassword f -> 401;
      case IdentityFailure.RateLimited f -> 429;
      case IdentityFailure.Unavailable f -> 503;
      case IdentityFailure.HandleTaken f -> 409;
      case IdentityFailure.EmailTaken f -> 409;
      case IdentityFailure.Conflict f -> 409;
      default -> 400;
    };
  }

  private static void refuse(Context request, int status, String error, @Nullable String message) {
    request
        .status(status)
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("message", message)
                .toString());
  }

  private static JsonNode body(Context request) throws IOException {
    byte[] bytes = request.bodyAsBytes();
    JsonNode json = DepthScan.isShallow(bytes) ? JSON.readTree(bytes) : null;
    if (json == null || !json.isObject()) {
      throw new IOException("no object");
    }
    return json;
  }

  private static Optional<String> text(JsonNode json, String field) {
    return Optional.ofNullable(json.path(field).textValue()).filter(text -> !text.isEmpty());
  }

  private JsonNode create(Context request) throws IOException {
    JsonNode wanted = body(request);
    String name =
        text(wanted, "name").orElseThrow(() -> new IdentityFailure.Invalid("expected a name"));
    String password =
        text(wanted, "password")
            .orElseThrow(() -> new IdentityFailure.Invalid("expected a password"));
    Accounts.Created made =
        accounts.create(
            NewAccount.of(config.handleOf(name), text(wanted, "email"), Secret.of(password)));
    ClientCredentials.Made pair = clients.create(made.account().pod(), "admin");
    return shown(made.account())
        .put("issuer", config.origin().toString())
        .put("clientId", pair.clientId())
        .put("clientSecret", pair.secret().reveal());
  }

  private ObjectNode shown(Account account) {
    PodNames names = accounts.names(account);
    return JsonNodeFactory.instance
        .objectNode()
        .put("did", account.did().value())
        .put("handle", account.handle().value())
        .put("acct", names.acct())
        .put("actor", names.actor().value())
        .put("webid", names.webId().value())
        .put("storage", names.storage().toString());
  }
}
