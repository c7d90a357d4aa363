package tripod.server.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.route.PathParams;
import tripod.identity.route.Route;
import tripod.podstore.PodStore;
import tripod.podstore.Usage;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** The admin interface of accounts, which the launcher's verb {@code account} speaks to. */
final class AdminAccountRoutes {
  private static final String BY_HOST = "by the host";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 500;
  private static final int BODY_BYTES_MAX = 64 * 1024;

  private final Accounts accounts;
  private final PodStore store;

  AdminAccountRoutes(Accounts accounts, PodStore store) {
    this.accounts = accounts;
    this.store = store;
  }

  List<Route> routes() {
    return List.of(
        route("GET", "/api/admin/accounts", 0, this::list),
        route("GET", "/api/admin/accounts/{name}", 0, this::show),
        route("POST", "/api/admin/accounts/{name}/state", BODY_BYTES_MAX, this::state),
        route("DELETE", "/api/admin/accounts/{name}", BODY_BYTES_MAX, this::delete));
  }

  static Route route(
      String method, String path, long bodyBytesMax, io.javalin.http.Handler handler) {
    return new Route(
        Route.HostKind.ADMIN,
        Set.of(method),
        path,
        Set.of(),
        Route.Access.ADMIN,
        bodyBytesMax,
        Route.RateClass.WRITE,
        false,
        request -> {
          try {
            handler.handle(request);
          } catch (IdentityFailure refused) {
            request.status(status(refused));
            request.json(Map.of("message", String.valueOf(refused.getMessage())));
          }
        });
  }

  private static int status(IdentityFailure refused) {
    return switch (refused) {
      case IdentityFailure.NotFound f -> 404;
      case IdentityFailure.Gone f -> 410;
      case IdentityFailure.Unavailable f -> 503;
      default -> 400;
    };
  }

  static Account named(Accounts accounts, Context request) {
    String name = PathParams.of(request, "name");
    return accounts
        .byIdentifier(name)
        .orElseThrow(() -> new IdentityFailure.NotFound("there is no account " + name));
  }

  private void list(Context request) {
    List<Map<String, Object>> all = new ArrayList<>();
    Optional<PodId> after = Optional.empty();
    List<Account> page = accounts.list(after, PAGE);
    while (!page.isEmpty()) {
      page.forEach(account -> all.add(view(account)));
      after = Optional.of(page.getLast().pod());
      page = accounts.list(after, PAGE);
    }
    request.json(Map.of("accounts", all));
  }

  private void show(Context request) {
    Account account = named(accounts, request);
    Map<String, Object> view = view(account);
    Usage usage = store.usage(account.pod());
    view.put("bytes", usage.bytes());
    view.put("blobBytes", usage.blobBytes());
    view.put("quotaBytes", usage.quotaBytes());
    request.json(view);
  }

  private void state(Context request) {
    Account account = named(accounts, request);
    JsonNode body = object(request);
    String wanted = body.path("state").asText();
    String given = body.path("ref").asText();
    String reference = given.isBlank() ? BY_HOST : given;
    Account changed =
        switch (wanted) {
          case "active" -> accounts.restore(account.pod());
          case "suspended" -> accounts.restrict(account.pod(), Account.State.SUSPENDED, reference);
          case "takendown" -> accounts.restrict(account.pod(), Account.State.TAKENDOWN, reference);
          default ->
              throw new IdentityFailure.Invalid(
                  "expected the state active, suspended or takendown, not " + wanted);
        };
    request.json(view(changed));
  }

  /** Reads a body that must be a JSON object. */
  static JsonNode object(Context request) {
    try {
      JsonNode body = JSON.readTree(request.bodyAsBytes());
      if (body != null && body.isObject()) {
        return body;
      }
    } catch (IOException malformed) {
      throw new IdentityFailure.Invalid("expected a JSON object", malformed);
    }
    throw new IdentityFailure.Invalid("expected a JSON object");
  }

  private void delete(Context request) {
    Account account = named(accounts, request);
    accounts.delete(account.pod());
    request.json(Map.of("deleted", account.handle().value()));
  }

  private Map<String, Object> view(Account account) {
    PodNames names = accounts.names(account);
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("handle", account.handle().value());
    view.put("did", account.did().value());
    view.put("acct", names.acct());
    view.put("actor", names.actor().value());
    view.put("webid", names.webId().value());
    view.put("storage", names.storage().toString());
    view.put("state", account.state().name().toLowerCase(Locale.ROOT));
    view.put("created", account.created().toString());
    account.deactivated().ifPresent(at -> view.put("deactivated", at.toString()));
    account.deleteAfter().ifPresent(at -> view.put("deleteAfter", at.toString()));
    account.takedownRef().ifPresent(ref -> view.put("takedownRef", ref));
    return view;
  }
}
