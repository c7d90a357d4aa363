package tripod.identity.oauth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import tripod.identity.scope.Permission;
import tripod.identity.scope.PermissionSets;
import tripod.identity.scope.Permissions;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Reads what a client asks for, by the rules of its dialect (atproto.md 5.4, solid.md 3.2). */
final class RequestReading {
  private static final Pattern CHALLENGE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int STATE_CHARS_MAX = 2_000;
  private static final int SCOPE_CHARS_MAX = 8_000;
  private static final Set<String> PROMPTS =
      Set.of("none", "login", "consent", "select_account", "create");
  private static final Set<String> SOLID_SCOPES =
      Set.of("openid", "webid", "offline_access", "profile");
  private static final List<String> UNSUPPORTED =
      List.of("request", "claims", "id_token_hint", "registration");

  private final Supplier<PermissionSets> sets;

  RequestReading(Supplier<PermissionSets> sets) {
    this.sets = sets;
  }

  /**
   * Reads where an answer may be sent, before anything else: what is wrong with it can never be
   * told to the client.
   */
  static String redirect(Client client, Params params) {
    String asked =
        params
            .find("redirect_uri")
            .or(() -> client.redirects().stream().findFirst().filter(one -> isOnly(client)))
            .orElseThrow(() -> OAuthFailure.request("expected redirect_uri"));
    if (!client.mayRedirectTo(asked)) {
      throw OAuthFailure.request("redirect_uri is none of the client's");
    }
    return asked;
  }

  private static boolean isOnly(Client client) {
    return client.redirects().size() == 1;
  }

  /** Reads how an answer travels. */
  static AuthorizationRequest.Mode mode(Params params) {
    String wanted = params.find("response_mode").orElse("query");
    return Arrays.stream(AuthorizationRequest.Mode.values())
        .filter(mode -> mode.word().equals(wanted))
        .findFirst()
        .orElseThrow(() -> OAuthFailure.request("response_mode is query, fragment or form_post"));
  }

  /** Reads all of it. */
  AuthorizationRequest read(Client client, Params params) {
    String redirect = redirect(client, params);
    for (String name : UNSUPPORTED) {
      if (params.find(name).isPresent()) {
        throw new OAuthFailure(
            name.equals("request") ? "request_not_supported" : "invalid_request",
            name + " is not known here");
      }
    }
    if (!params.get("response_type").equals("code")) {
      throw new OAuthFailure("unsupported_response_type", "response_type is code");
    }
    return new AuthorizationRequest(
        client.id(),
        client.dialect(),
        redirect,
        mode(params),
        scopes(client, params),
        limited(params, "state"),
        challenge(client, params),
        nonce(client, params),
        prompts(client, params),
        loginHint(client, params),
        params.find("dpop_jkt").filter(text -> CHALLENGE.matcher(text).matches()));
  }

  private static Optional<String> limited(Params params, String name) {
    Optional<String> text = params.find(name);
    if (text.isPresent() && text.get().length() > STATE_CHARS_MAX) {
      throw OAuthFailure.request(name + " has over " + STATE_CHARS_MAX + " characters");
    }
    return text;
  }

  private static Optional<String> challenge(Client client, Params params) {
    Optional<String> challenge = params.find("code_challenge");
    if (challenge.isEmpty()) {
      if (client.dialect() == Dialect.MASTODON) {
        return challenge;
      }
      throw OAuthFailure.request("expected code_challenge");
    }
    if (!params.find("code_challenge_method").equals(Optional.of("S256"))
        || !CHALLENGE.matcher(challenge.get()).matches()) {
      throw OAuthFailure.request("code_challenge_method is S256");
    }
    return challenge;
  }

  private static Optional<String> nonce(Client client, Params params) {
    Optional<String> nonce = limited(params, "nonce");
    if (nonce.isPresent() && client.dialect() == Dialect.ATPROTO) {
      throw OAuthFailure.request("nonce is of OpenID Connect, which ATProto is not");
    }
    return nonce;
  }

  private static List<String> prompts(Client client, Params params) {
    List<String> prompts = Permissions.split(params.find("prompt").orElse(""));
    if (client.dialect() == Dialect.MASTODON) {
      return params.find("force_login").equals(Optional.of("true")) ? List.of("login") : List.of();
    }
    if (!PROMPTS.containsAll(prompts) || (prompts.contains("none") && prompts.size() > 1)) {
      throw OAuthFailure.request("prompt is none of " + String.join(", ", PROMPTS));
    }
    return prompts;
  }

  private static Optional<String> loginHint(Client client, Params params) {
    Optional<String> hint = limited(params, "login_hint");
    if (client.dialect() != Dialect.ATPROTO || hint.isEmpty()) {
      return hint;
    }
    String text = hint.get();
    if (!Did.isValid(text) && !Handle.isValid(text.toLowerCase(Locale.ROOT))) {
      throw OAuthFailure.request("login_hint is a handle or a DID");
    }
    return hint;
  }

  private List<String> scopes(Client client, Params params) {
    String text = params.find("scope").orElse("");
    if (text.length() > SCOPE_CHARS_MAX) {
      throw new OAuthFailure("invalid_scope", "over " + SCOPE_CHARS_MAX + " characters of scopes");
    }
    return switch (client.dialect()) {
      case ATPROTO -> atproto(client, Permissions.split(text));
      case SOLID -> solid(Permissions.split(text));
      case MASTODON -> mastodon(client, Permissions.split(text));
    };
  }

  private List<String> atproto(Client client, List<String> asked) {
    List<String> wanted = asked.isEmpty() ? client.scopes().stream().sorted().toList() : asked;
    if (!wanted.contains("atproto") || wanted.contains("openid")) {
      throw new OAuthFailure("invalid_scope", "expected the scope atproto, and not openid");
    }
    for (String scope : wanted) {
      if (!client.scopes().contains(scope)) {
        throw new OAuthFailure("invalid_scope", "the client's document does not list " + scope);
      }
    }
    // What is not understood is left out without a word (atproto.md 5.4).
    List<String> known = wanted.stream().filter(one -> Permission.parse(one).isPresent()).toList();
    Permissions.of(known)
        .of(Permission.Include.class)
        .filter(include -> sets.get().find(include.set()).isEmpty())
        .findFirst()
        .ifPresent(
            include -> {
              throw new OAuthFailure("invalid_scope", "there is no set " + include.set());
            });
    return known;
  }

  private static List<String> solid(List<String> asked) {
    if (asked.contains("atproto")) {
      throw OAuthFailure.request("ATProto clients push their requests first");
    }
    if (!asked.contains("openid")) {
      throw new OAuthFailure("invalid_scope", "expected the scope openid");
    }
    return asked.stream().filter(SOLID_SCOPES::contains).toList();
  }

  private static List<String> mastodon(Client client, List<String> asked) {
    List<String> wanted = asked.isEmpty() ? List.of("read") : asked;
    if (!wanted.stream().allMatch(scope -> MastodonScopes.covers(client.scopes(), scope))) {
      throw new OAuthFailure("invalid_scope", "the app was not registered for these scopes");
    }
    return wanted;
  }
}
