package tripod.identity.room;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import tripod.identity.AccountChange;
import tripod.identity.AccountQueries;
import tripod.identity.Accounts;
import tripod.identity.AuditLog;
import tripod.identity.DueDeletions;
import tripod.identity.IdentityConfig;
import tripod.identity.Invites;
import tripod.identity.Mailer;
import tripod.identity.Passwords;
import tripod.identity.Reports;
import tripod.identity.ReservedHandles;
import tripod.identity.Secret;
import tripod.identity.StoredAccounts;
import tripod.identity.StoredTakedowns;
import tripod.identity.Takedowns;
import tripod.identity.did.CachingDidResolver;
import tripod.identity.did.DidResolver;
import tripod.identity.did.HostedDids;
import tripod.identity.did.HostedWebs;
import tripod.identity.did.IdentityChanges;
import tripod.identity.did.JndiTxtLookup;
import tripod.identity.did.KnownOperations;
import tripod.identity.did.LabTxtLookup;
import tripod.identity.did.MemberDidRoute;
import tripod.identity.did.Plc;
import tripod.identity.did.PlcClient;
import tripod.identity.did.PlcDirectory;
import tripod.identity.did.PlcRoutes;
import tripod.identity.did.PlcStream;
import tripod.identity.did.PlcWatch;
import tripod.identity.did.TxtLookup;
import tripod.identity.http.GuardedHttp;
import tripod.identity.http.LabNameResolver;
import tripod.identity.http.NameResolver;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.SystemNameResolver;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.key.ReservedKeys;
import tripod.identity.key.SealedHostKeys;
import tripod.identity.key.SealedPodKeys;
import tripod.identity.oauth.AdminAccounts;
import tripod.identity.oauth.Authorizations;
import tripod.identity.oauth.GrantStore;
import tripod.identity.oauth.OAuthServer;
import tripod.identity.route.RateLimiter;
import tripod.identity.route.Route;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.AdminAuth;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.DpopProofs;
import tripod.identity.token.MailCodes;
import tripod.identity.token.OAuthAccess;
import tripod.identity.token.OpaqueTokens;
import tripod.identity.token.ServiceAuth;
import tripod.identity.token.Sessions;
import tripod.identity.token.SignedServiceAuth;
import tripod.identity.token.SolidAccess;
import tripod.identity.token.SolidTokens;
import tripod.identity.token.StoredAppPasswords;
import tripod.identity.token.StoredBearerTokens;
import tripod.identity.token.StoredClientCredentials;
import tripod.identity.token.StoredMailCodes;
import tripod.identity.token.StoredSessions;

/** The room as it is when it is open. */
record OpenRoom(
    IdentityConfig config,
    Accounts accounts,
    PodKeys podKeys,
    HostKeys hostKeys,
    Plc plc,
    DidResolver dids,
    TxtLookup txt,
    OutboundHttp outbound,
    Sessions sessions,
    AppPasswords appPasswords,
    ServiceAuth serviceAuth,
    MailCodes mailCodes,
    ClientCredentials clientCredentials,
    BearerTokens bearerTokens,
    Dpop dpop,
    SolidTokens solidTokens,
    Invites invites,
    ReservedHandles reservedHandles,
    ReservedKeys reservedKeys,
    Takedowns takedowns,
    AccountQueries accountQueries,
    DueDeletions dueDeletions,
    AdminAuth adminAuth,
    Mailer mailer,
    RateLimiter rateLimiter,
    AuditLog audit,
    AtomicReference<PermissionSets> permissionSets,
    Authorizations authorizations,
    GrantStore grants,
    OAuthAccess oauthAccess,
    Reports reports,
    List<Route> routes,
    IdentityChanges identityChanges,
    PlcWatch watch,
    Optional<PlcStream> directoryStream,
    List<Runnable> closing)
    implements IdentityRoom {
  private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
  private static final Duration FIRST_PAUSE_IN_LAB = Duration.ofSeconds(1);

  private static final Duration WATCH_PAUSE = Duration.ofSeconds(30);
  private static final Duration WATCH_PAUSE_IN_LAB = Duration.ofSeconds(2);

  static IdentityRoom open(IdentityConfig config, IdentityRoom.Ground ground) {
    InstantSource clock = ground.clock();
    SecureRandom random = ground.random();
    ground.database().migrate("identity", "db/identity");

    // Keys.
    SealedPodKeys podKeys = new SealedPodKeys(ground.database(), ground.master(), clock, random);
    SealedHostKeys hostKeys =
        SealedHostKeys.open(ground.database(), ground.master(), clock, random);

    // The way out, and identities.
    NameResolver system = new SystemNameResolver();
    GuardedHttp http =
        new GuardedHttp(
            ground.outbound(),
            config.lab() ? new LabNameResolver(ground.outbound(), system) : system,
            config.lab() ? FIRST_PAUSE_IN_LAB : FIRST_PAUSE,
            clock);
    PlcDirectory embedded = new PlcDirectory(ground.database(), clock);
    Plc plc = config.plcDirectory().<Plc>map(url -> new PlcClient(url, http)).orElse(embedded);
    HostedWebs webs = new HostedWebs(config, ground.database(), podKeys::didKey);
    AtomicReference<Optional<Accounts>> known = new AtomicReference<>(Optional.empty());
    OurNames ours = new OurNames(known::get, webs);
    TxtLookup txt =
        config.lab()
            ? new LabTxtLookup(ours::did, config.dns().lexiconAuthority())
            : nameServers(config.dns().backupServers());
    CachingDidResolver dids = new CachingDidResolver(config, plc, http, txt, ours, clock);

    // Accounts.
    AuditLog audit = new AuditLog(ground.database(), clock);
    KnownOperations operations = new KnownOperations(ground.database());
    IdentityChanges changes = new IdentityChanges(hostKeys, plc, operations, webs, audit);
    Invites invites = new Invites(ground.database(), clock, random, config);
    StoredAccounts accounts =
        new StoredAccounts(
            config,
            new StoredAccounts.Ground(
                ground.database(),
                ground.pods(),
                podKeys,
                new HostedDids(
                    config, hostKeys, plc, dids, new HostedDids.Ways(operations, webs, changes)),
                new Passwords(random),
                invites,
                audit),
            clock);
    known.set(Optional.of(accounts));
    accounts.onChange(
        change -> {
          if (change instanceof AccountChange.HandleChanged) {
            dids.forget(change.account().did());
          }
        });
    PlcWatch watch =
        new PlcWatch(
            config.plcDirectory().map(URI::toString).orElse("embedded"),
            new PlcWatch.Ground(ground.database(), plc, accounts, dids, audit, ground.mailer()),
            config.lab() ? WATCH_PAUSE_IN_LAB : WATCH_PAUSE,
            clock);

    AccountQueries queries = new AccountQueries(ground.database());
    DueDeletions deletions = new DueDeletions(accounts, queries, clock);

    // Tokens.
    StoredAppPasswords appPasswords =
        new StoredAppPasswords(ground.database(), derived(hostKeys, "app-password"), clock, random);
    Sessions sessions =
        new StoredSessions(
            accounts,
            appPasswords,
            ground.database(),
            config.serviceDid(),
            derived(hostKeys, "session"),
            clock,
            random);
    StoredClientCredentials clients = new StoredClientCredentials(ground.database(), clock, random);
    StoredBearerTokens bearers = new StoredBearerTokens(ground.database(), accounts, clock, random);
    clients.onRevoked(bearers::forget);
    Dpop dpop = new DpopProofs(clock, derived(hostKeys, "dpop-nonce"));
    GrantStore grants =
        new GrantStore(ground.database(), accounts, new OpaqueTokens(random), clock);
    SolidTokens solid =
        new SolidAccess(
            config,
            accounts,
            new SolidAccess.Inside(
                dpop,
                hostKeys,
                // The token of a script names the script's own id.
                clients.or(grants)),
            new SolidAccess.Outside(http, new OurWebIds(config, accounts), ground.profiles()),
            clock,
            random);

    AtomicReference<PermissionSets> sets = new AtomicReference<>(PermissionSets.NONE);
    OAuthServer oauth =
        new OAuthServer(
            new OAuthServer.Ground(
                config, ground.database(), accounts, audit, http, sets::get, clock, random),
            new OAuthServer.Tokens(grants, hostKeys, dpop, solid, bearers, clients));

    // Addresses.
    List<Route> routes = new ArrayList<>(oauth.routes());
    routes.addAll(new AdminAccounts(config, accounts, clients, ground.adminToken()).routes());
    routes.add(new MemberDidRoute(webs).route());
    PlcStream stream = new PlcStream(embedded);
    if (config.plcDirectory().isEmpty()) {
      routes.addAll(new PlcRoutes(embedded).routes());
    }
    return new OpenRoom(
        config,
        accounts,
        podKeys,
        hostKeys,
        plc,
        dids,
        txt,
        http,
        sessions,
        appPasswords,
        new SignedServiceAuth(podKeys, dids, ground.database(), clock, random),
        new StoredMailCodes(ground.database(), derived(hostKeys, "mail-code"), clock, random),
        clients,
        oauth.bearers(),
        dpop,
        solid,
        invites,
        new ReservedHandles(ground.database(), clock),
        podKeys.reserved(),
        new StoredTakedowns(ground.database(), audit, clock),
        queries,
        deletions,
        new AdminAuth(ground.adminToken()),
        ground.mailer(),
        new RateLimiter(config.rateLimits(), clock),
        audit,
        sets,
        oauth.authorizations(),
        grants,
        oauth.access(),
        new Reports(ground.database(), clock),
        List.copyOf(routes),
        changes,
        watch,
        config.plcDirectory().isEmpty() ? Optional.of(stream) : Optional.empty(),
        List.of(
            deletions::close,
            stream::close,
            watch::close,
            podKeys::close,
            http::close,
            audit::close));
  }

  @Override
  public void start() {
    watch.start();
    dueDeletions.start();
  }

  private static TxtLookup nameServers(List<String> backup) {
    return backup.isEmpty()
        ? new JndiTxtLookup()
        : new JndiTxtLookup().or(new JndiTxtLookup(backup));
  }

  private static Secret derived(HostKeys keys, String purpose) {
    return Secret.of(keys.derived(purpose));
  }

  @Override
  public void findPermissionSetsWith(PermissionSets sets) {
    permissionSets.set(sets);
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
