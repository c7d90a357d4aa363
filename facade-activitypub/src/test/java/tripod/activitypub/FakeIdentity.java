package tripod.activitypub;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.signature.TestKeys;
import tripod.identity.Account;
import tripod.identity.FakeAccounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.Grant;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/** As much of identity as this door asks for; tokens are {@code token-NAME}. */
final class FakeIdentity {
  private final IdentityConfig config;
  private final OutboundHttp outbound;
  private final FakeAccounts accounts;
  private final KeyPair rsa = TestKeys.rsa();
  private final KeyPair ed25519 = TestKeys.ed25519();

  FakeIdentity(int port, OutboundHttp outbound) {
    this.config = IdentityConfig.lab(port);
    this.accounts = new FakeAccounts(config);
    this.outbound = outbound;
  }

  Account add(PodId pod, String name) {
    Account account =
        FakeAccounts.active(
            pod,
            new Did(
                "did:plc:" + "abcdefghijklmnopqrstuvwx".substring(0, 24 - name.length()) + name),
            new Handle(name + ".localhost"),
            name,
            Optional.empty());
    accounts.put(account);
    return account;
  }

  private static UnsupportedOperationException unused() {
    return new UnsupportedOperationException("this door does not ask for it");
  }

  ActivityPubFacade.Identity shown() {
    return new ActivityPubFacade.Identity(
        config, accounts, new FakePodKeys(), new FakeHostKeys(), new FakeTokens(), outbound);
  }

  FakeAccounts accounts() {
    return accounts;
  }

  private final class FakeTokens implements BearerTokens {
    @Override
    public String issue(PodId pod, String clientId, String scope) {
      throw unused();
    }

    @Override
    public Grant verify(String bearer, String scope) {
      for (Account account : accounts.list(Optional.empty(), 1_000)) {
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
}
