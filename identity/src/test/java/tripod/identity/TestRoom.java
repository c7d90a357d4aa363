package tripod.identity;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.did.CachingDidResolver;
import tripod.identity.did.HostedDids;
import tripod.identity.did.HostedWebs;
import tripod.identity.did.IdentityChanges;
import tripod.identity.did.KnownOperations;
import tripod.identity.did.PlcDirectory;
import tripod.identity.did.TxtLookup;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.MasterKey;
import tripod.identity.key.SealedHostKeys;
import tripod.identity.key.SealedPodKeys;
import tripod.identity.token.SignedServiceAuth;
import tripod.identity.token.StoredAppPasswords;
import tripod.identity.token.StoredSessions;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** The rooms' parts put together over a database in memory, with a clock in the test's hand. */
public final class TestRoom implements AutoCloseable {
  public static final String PASSWORD = "a-Long-passw0rd";

  public final TestDatabase database;
  public final SecureRandom random = new SecureRandom();
  public final InstantSource clock = () -> this.now;
  public final IdentityConfig config = IdentityConfig.lab(8080);
  public final SealedPodKeys keys;
  public final SealedHostKeys hostKeys;
  public final PlcDirectory plc;
  public final CachingDidResolver dids;
  public final HostedWebs webs;
  public final IdentityChanges changes;
  public final Invites invites;
  final Passwords passwords = new Passwords(random);
  public final AuditLog audit;
  public final StoredAccounts accounts;
  public final StoredAppPasswords appPasswords;
  public final StoredSessions sessions;
  public final SignedServiceAuth serviceAuth;
  private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");

  public TestRoom(TestDatabase database) {
    this.database = database;
    MasterKey master = MasterKey.of(new byte[32]);
    keys = new SealedPodKeys(database, master, clock, random);
    hostKeys = SealedHostKeys.open(database, master, clock, random);
    plc = new PlcDirectory(database, clock);
    webs = new HostedWebs(config, database, keys::didKey);
    OutboundHttp nothing =
        request -> {
          throw new OutboundFailure.Refused("no network in tests");
        };
    dids =
        new CachingDidResolver(
            config,
            plc,
            nothing,
            TxtLookup.NONE,
            new CachingDidResolver.Ours() {
              @Override
              public Optional<Did> did(Handle handle) {
                return accounts().byHandle(handle).map(Account::did);
              }

              @Override
              public Optional<JsonNode> document(Did did) {
                return accounts().byDid(did).flatMap(webs::document);
              }
            },
            clock);
    audit = new AuditLog(database, clock);
    KnownOperations operations = new KnownOperations(database);
    changes = new IdentityChanges(hostKeys, plc, operations, webs, audit);
    invites = new Invites(database, clock, random, config);
    accounts =
        new StoredAccounts(
            config,
            new StoredAccounts.Ground(
                database,
                database,
                keys,
                new HostedDids(
                    config, hostKeys, plc, dids, new HostedDids.Ways(operations, webs, changes)),
                passwords,
                invites,
                audit),
            clock);
    appPasswords =
        new StoredAppPasswords(database, Secret.of(hostKeys.derived("app")), clock, random);
    sessions =
        new StoredSessions(
            accounts,
            appPasswords,
            database,
            config.serviceDid(),
            Secret.of(hostKeys.derived("session")),
            clock,
            random);
    serviceAuth = new SignedServiceAuth(keys, dids, database, clock, random);
  }

  private Accounts accounts() {
    return accounts;
  }

  /** Lets time pass. */
  public void pass(Duration time) {
    now = now.plus(time);
  }

  /** Makes an account with the usual password. */
  public Accounts.Created account(String name) {
    return accounts.create(
        NewAccount.of(
            new Handle(name + ".localhost"),
            Optional.of(name + "@mail.test"),
            Secret.of(PASSWORD)));
  }

  @Override
  public void close() {
    audit.close();
    keys.close();
    database.close();
  }
}
