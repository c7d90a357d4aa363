package tripod.identity.key;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tripod.identity.IdentityDatabase;

/** The host's own keys, made at the first start and sealed under the master key. */
public final class SealedHostKeys implements HostKeys {
  private static final long HOST = 0;
  private static final String TOKEN = "token";
  private static final String RSA = "rsa";
  private static final String ROTATION = "rotation";
  private static final String DERIVE = "derive";

  private final ECKey token;
  private final PrivateKey rsa;
  private final String rsaPem;
  private final byte[] rotation;
  private final String rotationDidKey;
  private final byte[] derive;

  private SealedHostKeys(MasterKey master, Map<String, KeyRows.Row> rows) {
    try {
      this.token = ECKey.parse(new String(open(master, rows, TOKEN), StandardCharsets.UTF_8));
    } catch (ParseException e) {
      throw new IllegalStateException("the stored token key does not read", e);
    }
    this.rsa = KeyForms.rsaPrivate(open(master, rows, RSA));
    this.rsaPem = row(rows, RSA).publicKey();
    this.rotation = open(master, rows, ROTATION);
    this.rotationDidKey = DidKey.ofSecp256k1(rotation).toString();
    this.derive = open(master, rows, DERIVE);
  }

  /** Opens the host's keys, and makes those that are missing. */
  public static SealedHostKeys open(
      IdentityDatabase database, MasterKey master, InstantSource clock, SecureRandom random) {
    KeyRows keyRows = new KeyRows(database, clock);
    Map<String, KeyRows.Row> rows = keyRows.read(HOST);
    if (!rows.keySet().containsAll(List.of(TOKEN, RSA, ROTATION, DERIVE))) {
      List<KeyRows.Row> missing = make(master, rows, random);
      rows =
          database.change(
              connection -> {
                keyRows.insert(HOST, missing).run(connection);
                return KeyRows.read(connection, HOST);
              });
    }
    return new SealedHostKeys(master, rows);
  }

  private static List<KeyRows.Row> make(
      MasterKey master, Map<String, KeyRows.Row> there, SecureRandom random) {
    List<KeyRows.Row> rows = new ArrayList<>();
    try {
      if (!there.containsKey(TOKEN)) {
        ECKey key =
            new ECKeyGenerator(Curve.P_256)
                .keyUse(KeyUse.SIGNATURE)
                .keyIDFromThumbprint(true)
                .secureRandom(random)
                .generate();
        byte[] json = key.toJSONString().getBytes(StandardCharsets.UTF_8);
        rows.add(row(master, TOKEN, key.toPublicJWK().toJSONString(), json, random));
      }
      if (!there.containsKey(RSA)) {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(RsaPool.BITS, random);
        KeyPair pair = generator.generateKeyPair();
        rows.add(
            row(
                master,
                RSA,
                KeyForms.pem(pair.getPublic()),
                pair.getPrivate().getEncoded(),
                random));
      }
    } catch (JOSEException | GeneralSecurityException e) {
      throw new IllegalStateException("P-256 and RSA keys can always be made", e);
    }
    if (!there.containsKey(ROTATION)) {
      byte[] key = Secp256k1.generate(random);
      rows.add(row(master, ROTATION, DidKey.ofSecp256k1(key).toString(), key, random));
    }
    if (!there.containsKey(DERIVE)) {
      rows.add(row(master, DERIVE, "", Envelope.newKey(random), random));
    }
    return rows;
  }

  private static KeyRows.Row row(
      MasterKey master, String purpose, String publicKey, byte[] content, SecureRandom random) {
    return new KeyRows.Row(
        purpose,
        publicKey,
        Envelope.seal(master.bytes(), KeyRows.bound(HOST, purpose), content, random));
  }

  private static KeyRows.Row row(Map<String, KeyRows.Row> rows, String purpose) {
    KeyRows.Row row = rows.get(purpose);
    if (row == null) {
      throw new IllegalStateException("the host has no key for " + purpose);
    }
    return row;
  }

  private static byte[] open(MasterKey master, Map<String, KeyRows.Row> rows, String purpose) {
    return Envelope.open(master.bytes(), KeyRows.bound(HOST, purpose), row(rows, purpose).sealed());
  }

  @Override
  public ECKey tokenKey() {
    return token;
  }

  @Override
  public JWKSet publicKeys() {
    return new JWKSet(token.toPublicJWK());
  }

  @Override
  public byte[] signRsa(byte[] data) {
    return KeyForms.signRsa(rsa, data);
  }

  @Override
  public String rsaPem() {
    return rsaPem;
  }

  @Override
  public String rotationDidKey() {
    return rotationDidKey;
  }

  @Override
  public byte[] signRotation(byte[] message) {
    return Secp256k1.sign(rotation, message);
  }

  @Override
  public byte[] derived(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(derive, "HmacSHA256"));
      return mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform must have HMAC-SHA256", e);
    }
  }
}
