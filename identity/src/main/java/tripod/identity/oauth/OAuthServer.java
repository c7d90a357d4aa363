package tripod.identity.oauth;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import tripod.identity.Accounts;
import tripod.identity.AuditLog;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.identity.route.Route;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientAssertions;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.OAuthAccess;
import tripod.identity.token.OpaqueTokens;
import tripod.identity.token.SolidTokens;
import tripod.identity.token.UsedTokens;

/** The one authorization server, with its three dialects, put together. */
public final class OAuthServer {
  private final Authorizations authorizations;
  private final OAuthAccess access;
  private final BearerTokens bearers;
  private final List<Route> routes;

  /**
   * What it stands on.
   *
   * @param config the host
   * @param database where everything is kept
   * @param accounts whose accounts they are
   * @param audit notes what was granted
   * @param http fetches what clients publish
   * @param sets finds permission sets, asked late since the door that has them is made later
   * @param clock the clock
   * @param random the source of randomness
   */
  public record Ground(
      IdentityConfig config,
      IdentityDatabase database,
      Accounts accounts,
      AuditLog audit,
      OutboundHttp http,
      Supplier<PermissionSets> sets,
      InstantSource clock,
      SecureRandom random) {}

  /**
   * What tokens are made of.
   *
   * @param grants what people allowed
   * @param keys the host's keys
   * @param dpop checks proofs
   * @param solid makes tokens of Solid-OIDC
   * @param scripts bearer tokens of scripts
   * @param credentials of scripts
   */
  public record Tokens(
      GrantStore grants,
      HostKeys keys,
      Dpop dpop,
      SolidTokens solid,
      BearerTokens scripts,
      ClientCredentials credentials) {}

  /** Puts it together. */
  public OAuthServer(Ground ground, Tokens tokens) {
    String origin = ground.config().origin().toString();
    InstantSource clock = ground.clock();
    OpaqueTokens opaque = new OpaqueTokens(ground.random());
    RegisteredClients registered = new RegisteredClients(ground.database(), opaque, clock);
    Clients clients =
        new Clients(
            registered,
            new ClientDocuments(ground.http(), clock, ground.config().lab()),
            new ClientAssertions(clock),
            origin);
    RequestReading reading = new RequestReading(ground.sets());
    RequestStore requests = new RequestStore(ground.database(), opaque, clock);
    CodeStore codes = new CodeStore(ground.database(), opaque, clock);
    Issuing issuing =
        new Issuing(tokens.grants(), ground.accounts(), tokens.solid(), ground.sets(), clock);
    Exchange exchange = new Exchange(tokens.dpop(), origin);
    this.authorizations =
        new Authorizations(
            new Authorizations.Reading(clients, reading, ground.sets()),
            new Authorizations.Stores(requests, codes),
            ground.accounts(),
            ground.audit(),
            origin);
    this.access = new AtprotoAccess(tokens.grants(), ground.accounts(), tokens.dpop(), clock);
    this.bearers = new MastodonBearers(tokens.scripts(), tokens.grants(), ground.accounts(), clock);
    TokenPost token =
        new TokenPost(
            exchange,
            new CodeGrant(
                exchange,
                clients,
                new CodeGrant.Stores(
                    codes,
                    tokens.grants(),
                    issuing,
                    opaque,
                    new UsedTokens(ground.database(), clock)),
                clock),
            new RefreshGrant(exchange, clients, tokens.grants(), issuing, clock),
            new CredentialsGrant(
                exchange,
                ground.accounts(),
                tokens.credentials(),
                tokens.solid(),
                tokens.scripts()));
    this.routes =
        new OAuthRoutes(
                ground.config(),
                tokens.keys(),
                new OAuthRoutes.Posts(
                    new ParPost(exchange, clients, reading, requests),
                    token,
                    new RevokePost(exchange, tokens.grants()),
                    new RegisterPost(exchange, registered),
                    new AppsPost(exchange, registered)))
            .routes();
  }

  /** Returns what the pages need. */
  public Authorizations authorizations() {
    return authorizations;
  }

  /** Returns the check of ATProto's access tokens. */
  public OAuthAccess access() {
    return access;
  }

  /** Returns bearer tokens of scripts and of apps made for Mastodon. */
  public BearerTokens bearers() {
    return bearers;
  }

  /** Returns the addresses it answers at. */
  public List<Route> routes() {
    return routes;
  }
}
