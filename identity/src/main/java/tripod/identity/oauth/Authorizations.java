package tripod.identity.oauth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.AuditLog;
import tripod.identity.scope.Permission;
import tripod.identity.scope.PermissionSets;

/**
 * What the pages between an app and a person need: which request it is, what it asks for, and what
 * becomes of it. Pages and cookies are the console's.
 *
 * <p>Safe between threads.
 */
public final class Authorizations {
  /** Where the pages begin. */
  public static final String PATH = "/oauth/authorize";

  private static final Set<String> REQUIRED = Set.of("atproto", "openid", "webid");

  private final Clients clients;
  private final RequestReading reading;
  private final RequestStore requests;
  private final CodeStore codes;
  private final Accounts accounts;
  private final AuditLog audit;
  private final Supplier<PermissionSets> sets;
  private final String issuer;

  /** Where requests and codes are. */
  record Stores(RequestStore requests, CodeStore codes) {}

  /** Who may be asked for what. */
  record Reading(Clients clients, RequestReading requests, Supplier<PermissionSets> sets) {}

  Authorizations(Reading reading, Stores stores, Accounts accounts, AuditLog audit, String issuer) {
    this.clients = reading.clients();
    this.reading = reading.requests();
    this.sets = reading.sets();
    this.requests = stores.requests();
    this.codes = stores.codes();
    this.accounts = accounts;
    this.audit = audit;
    this.issuer = issuer;
  }

  /** What a browser that came with a request is to see. */
  public sealed interface Step {
    /** The person is to be asked. */
    record Ask(Asking asking) implements Step {}

    /** The request is kept now; its page is this request. */
    record Kept(String clientId, String requestUri) implements Step {}

    /** The app gets an answer without the person being asked. */
    record Back(Answered answer) implements Step {}

    /** The request is none, and there is nobody who could be told but the person. */
    record Broken(String reason) implements Step {}
  }

  /**
   * Opens a request.
   *
   * @param device what only this browser holds; the first one that opens a request is the one it
   *     belongs to
   */
  public Step open(Params params, String device) {
    try {
      Optional<String> uri = params.find("request_uri");
      return uri.isPresent() ? opened(uri.get(), params.get("client_id"), device) : direct(params);
    } catch (OAuthFailure e) {
      return new Step.Broken(e.description());
    }
  }

  private Step opened(String uri, String clientId, String device) {
    Optional<RequestStore.Kept> kept = requests.open(uri, clientId, device);
    if (kept.isEmpty()) {
      return new Step.Broken("the request has ended, or belongs to another browser");
    }
    AuthorizationRequest request = kept.get().request();
    if (request.prompts().contains("none")) {
      // Nobody is trusted without being asked (atproto.md 5.4).
      requests.drop(uri);
      return new Step.Back(
          Answered.error(request, "consent_required", "the person must be asked", issuer));
    }
    return new Step.Ask(asking(kept.get()));
  }

  /** A request that was not pushed, as Solid and Mastodon clients send it. */
  private Step direct(Params params) {
    Client client = clients.find(params.get("client_id"), directDialect(params));
    if (client.dialect() == Dialect.ATPROTO) {
      return new Step.Broken("this app must push its request first");
    }
    String redirect = RequestReading.redirect(client, params);
    try {
      AuthorizationRequest request = reading.read(client, params);
      return new Step.Kept(client.id(), requests.keep(request));
    } catch (OAuthFailure e) {
      AuthorizationRequest answerable =
          new AuthorizationRequest(
              client.id(),
              client.dialect(),
              redirect,
              AuthorizationRequest.Mode.QUERY,
              List.of(),
              params.find("state"),
              Optional.empty(),
              Optional.empty(),
              List.of(),
              Optional.empty(),
              Optional.empty());
      return new Step.Back(Answered.error(answerable, e.error(), e.description(), issuer));
    }
  }

  private static Dialect directDialect(Params params) {
    String clientId = params.find("client_id").orElse("");
    if (ClientMetadata.isLoopback(clientId)
        || (" " + params.find("scope").orElse("") + " ").contains(" atproto ")) {
      throw OAuthFailure.request("this app must push its request first");
    }
    return Dialect.SOLID;
  }

  private Asking asking(RequestStore.Kept kept) {
    AuthorizationRequest request = kept.request();
    Optional<String> name = clients.find(request.clientId(), request.dialect()).name();
    List<String> prompts = request.prompts();
    return new Asking(
        kept.uri(),
        request.clientId(),
        name,
        request.dialect(),
        request.redirect(),
        Answered.formTarget(request.redirect()),
        asked(request.scopes()),
        request.loginHint().flatMap(accounts::byIdentifier),
        request.loginHint(),
        prompts.contains("login"),
        prompts.contains("select_account"),
        kept.created());
  }

  private List<Asking.Asked> asked(List<String> scopes) {
    List<Asking.Asked> asked = new ArrayList<>();
    for (String scope : scopes) {
      Optional<Permission> permission = Permission.parse(scope);
      asked.add(
          new Asking.Asked(
              scope,
              REQUIRED.contains(scope),
              permission,
              permission
                  .filter(Permission.Include.class::isInstance)
                  .flatMap(one -> sets.get().find(((Permission.Include) one).set()))));
    }
    return asked;
  }

  /**
   * Grants a request what the person let stand.
   *
   * @param granted scopes; those that were not asked for are left out, those that are required are
   *     put in
   */
  public Step approve(
      String requestUri, String clientId, String device, Account account, Set<String> granted) {
    Optional<RequestStore.Kept> kept = requests.open(requestUri, clientId, device);
    if (kept.isEmpty() || !requests.drop(requestUri)) {
      return new Step.Broken("the request has ended, or belongs to another browser");
    }
    AuthorizationRequest request = kept.get().request();
    if (!account.isActive()) {
      return new Step.Back(
          Answered.error(request, "access_denied", "the account is not active", issuer));
    }
    List<String> scopes =
        request.scopes().stream()
            .filter(scope -> REQUIRED.contains(scope) || granted.contains(scope))
            .toList();
    if (scopes.isEmpty()) {
      return new Step.Back(Answered.error(request, "access_denied", "nothing was granted", issuer));
    }
    audit.later(
        new AuditLog.Event(
            Optional.of(account.pod()),
            "oauth.granted",
            clientId + " " + String.join(" ", scopes),
            Optional.empty()));
    return new Step.Back(
        Answered.code(request, codes.make(account.pod(), request, scopes), issuer));
  }

  /** Tells the app that the person said no. */
  public Step refuse(String requestUri, String clientId, String device) {
    Optional<RequestStore.Kept> kept = requests.open(requestUri, clientId, device);
    if (kept.isEmpty() || !requests.drop(requestUri)) {
      return new Step.Broken("the request has ended, or belongs to another browser");
    }
    return new Step.Back(
        Answered.error(kept.get().request(), "access_denied", "the person said no", issuer));
  }
}
