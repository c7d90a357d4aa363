package tripod.activitypub;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import tripod.activitypub.signature.TestKeys;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.did.DidResolver;
import tripod.identity.did.Plc;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.Route;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.Grant;
import tripod.identity.token.MailCodes;
import tripod.identity.token.ServiceAuth;
import tripod.identity.token.Sessions;
import tripod.identity.token.SolidTokens;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** As much of identity as this door asks for; tokens are {@code token-NAME}. */
final class FakeIdentity implements IdentityRoom {
  private final IdentityConfig config;
  private final OutboundHttp outbound;
  private final Map<PodId, Account> accounts = new ConcurrentHashMap<>();
  private final KeyPair rsa = TestKeys.rsa();
  private final KeyPair ed25519 = TestKeys.ed25519();

  FakeIdentity(int port, OutboundHttp outbound) {
    this.config = IdentityConfig.lab(port);
    this.outbound = outbound;
  }

  Account add(PodId pod, String name) {
    Account account =
        new Account(
            pod,
            new Did(
                "did:plc:" + "abcdefghijklmnopqrstuvwx".substring(0, 24 - name.length()) + name),
            new Handle(name + ".localhost"),
            name,
            name + ".localhost",
            Optional.empty(),
            false,
            Account.State.ACTIVE,
            Instant.parse("2026-01-01T00:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    accounts.put(pod, account);
    return account;
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("this door does not ask for it");
  }

  @Override
  public IdentityConfig config() {
    return config;
  }

  @Override
  public Accounts accounts() {
    return new FakeAccounts();
  }

  @Override
  public PodKeys podKeys() {
    return new FakePodKeys();
  }

  @Override
  public HostKeys hostKeys() {
    return new FakeHostKeys();
  }

  @Override
  public Plc plc() {
    throw unused();
  }

  @Override
  public DidResolver dids() {
    throw unused();
  }

  @Override
  public OutboundHttp outbound() {
    return outbound;
  }

  @Override
  public Sessions sessions() {
    throw unused();
  }

  @Override
  public AppPasswords appPasswords() {
    throw unused();
  }

  @Override
  public ServiceAuth serviceAuth() {
    throw unused();
  }

  @Override
  public MailCodes mailCodes() {
    throw unused();
  }

  @Override
  public ClientCredentials clientCredentials() {
    throw unused();
  }

  @Override
  public BearerTokens bearerTokens() {
    return new FakeTokens();
  }

  @Override
  public Dpop dpop() {
    throw unused();
  }

  @Override
  public SolidTokens solidTokens() {
    throw unused();
  }

  @Override
  public List<Route> routes() {
    return List.of();
  }

  @Override
  public void close() {}

  private final class FakeTokens implements BearerTokens {
    @Override
    public String issue(PodId pod, String clientId, String scope) {
      throw unused();
    }

    @Override
    public Grant verify(String bearer, String scope) {
      for (Account account : accounts.values()) {
        if (bearer.equals("token-" + account.name()) && scope.startsWith(ALL)) {
          return new Grant(
              account.pod(),
              account.did(),
              Grant.Kind.OAUTH,
              Set.of(scope),
              Optional.of("test"),
              Instant.MAX);
        }
      }
      throw new IdentityFailure.BadToken("not a token of ours");
    }
  }

  private byte[] sign(String algorithm, PrivateKey key, byte[] data) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class FakePodKeys implements PodKeys {
    @Override
    public byte[] signRepo(PodId pod, byte[] message) {
      throw unused();
    }

    @Override
    public String didKey(PodId pod) {
      throw unused();
    }

    @Override
    public byte[] signRsa(PodId pod, byte[] data) {
      return sign("SHA256withRSA", rsa.getPrivate(), data);
    }

    @Override
    public String rsaPem(PodId pod) {
      return TestKeys.pem(rsa.getPublic());
    }

    @Override
    public byte[] signEd25519(PodId pod, byte[] data) {
      return sign("Ed25519", ed25519.getPrivate(), data);
    }

    @Override
    public String ed25519Multibase(PodId pod) {
      return TestKeys.multibase(ed25519.getPublic());
    }

    @Override
    public Prepared prepare(PodId pod, Optional<Did> did) {
      throw unused();
    }

    @Override
    public IdentityDatabase.Step destroy(PodId pod) {
      throw unused();
    }
  }

  private final class FakeHostKeys implements HostKeys {
    @Override
    public ECKey tokenKey() {
      throw unused();
    }

    @Override
    public JWKSet publicKeys() {
      throw unused();
    }

    @Override
    public byte[] signRsa(byte[] data) {
      return sign("SHA256withRSA", rsa.getPrivate(), data);
    }

    @Override
    public String rsaPem() {
      return TestKeys.pem(rsa.getPublic());
    }

    @Override
    public String rotationDidKey() {
      throw unused();
    }

    @Override
    public byte[] signRotation(byte[] message) {
      throw unused();
    }

    @Override
    public byte[] derived(String purpose) {
      throw unused();
    }
  }

  private final class FakeAccounts implements Accounts {
    @Override
    public Optional<Account> byPod(PodId pod) {
      return Optional.ofNullable(accounts.get(pod));
    }

    @Override
    public Optional<Account> byDid(Did did) {
      return accounts.values().stream().filter(a -> a.did().equals(did)).findFirst();
    }

    @Override
    public Optional<Account> byHandle(Handle handle) {
      return accounts.values().stream().filter(a -> a.handle().equals(handle)).findFirst();
    }

    @Override
    public Optional<Account> byName(String name) {
      return accounts.values().stream().filter(a -> a.name().equals(name)).findFirst();
    }

    @Override
    public Optional<Account> byEmail(String email) {
      return Optional.empty();
    }

    @Override
    public Optional<Account> byHost(String host) {
      return accounts.values().stream().filter(a -> a.host().equals(host)).findFirst();
    }

    @Override
    public Optional<Account> byIdentifier(String text) {
      return byName(text);
    }

    @Override
    public PodNames names(Account account) {
      URI origin = config.podOrigin(account.host());
      return new PodNames(account.pod(), account.did(), account.handle(), origin, account.name());
    }

    @Override
    public PodNames names(PodId pod) {
      return byPod(pod)
          .map(this::names)
          .orElseThrow(() -> new IdentityFailure.NotFound("no such pod"));
    }

    @Override
    public Created create(NewAccount wanted) {
      throw unused();
    }

    @Override
    public void checkNewHandle(Handle handle) {
      throw unused();
    }

    @Override
    public List<Account> list(Optional<PodId> after, int limit) {
      return new ArrayList<>(accounts.values());
    }

    @Override
    public long count() {
      return accounts.size();
    }

    @Override
    public Account signIn(String identifier, Secret password) {
      throw unused();
    }

    @Override
    public boolean verifyPassword(PodId pod, Secret password) {
      throw unused();
    }

    @Override
    public void setPassword(PodId pod, Secret password) {
      throw unused();
    }

    @Override
    public Account setEmail(PodId pod, Optional<String> email, boolean confirmed) {
      throw unused();
    }

    @Override
    public Account deactivate(PodId pod, Optional<Instant> deleteAfter) {
      throw unused();
    }

    @Override
    public Account activate(PodId pod) {
      throw unused();
    }

    @Override
    public Account restrict(PodId pod, Account.State state, String reference) {
      throw unused();
    }

    @Override
    public Account restore(PodId pod) {
      throw unused();
    }

    @Override
    public Account updateHandle(PodId pod, Handle handle) {
      throw unused();
    }

    @Override
    public void delete(PodId pod) {
      accounts.remove(pod);
    }

    @Override
    public void onChange(Consumer<AccountChange> listener) {}
  }
}
