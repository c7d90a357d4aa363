package tripod.identity.key;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.jspecify.annotations.Nullable;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.NewPodKeys;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/**
 * Keys of pods, sealed in the database (SEC-90) and opened in a bounded cache.
 *
 * <p>An RSA key is taken from the pool at sign-up if one is spare, else made when first asked for:
 * a person whom nobody follows in the fediverse never needs it.
 */
public final class SealedPodKeys implements PodKeys, NewPodKeys, AutoCloseable {
  private static final String REPO = "atproto";
  private static final String ED25519 = "ed25519";
  private static final String RSA = "rsa";
  private static final int OPENED_MAX = 20_000;

  private final IdentityDatabase database;
  private final KeyRows rows;
  private final MasterKey master;
  private final ReservedKeys reserved;
  private final SecureRandom random;
  private final RsaPool pool;
  private final LoadingCache<PodId, Opened> opened =
      Caffeine.newBuilder().maximumSize(OPENED_MAX).build(this::open);

  /** Keeps keys in a database under a master key. */
  public SealedPodKeys(
      IdentityDatabase database, MasterKey master, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.rows = new KeyRows(database, clock);
    this.master = master;
    this.reserved = new ReservedKeys(database, master, clock, random);
    this.random = random;
    this.pool = new RsaPool(random);
  }

  /** Returns the signing keys that were reserved for identities still to come. */
  public ReservedKeys reserved() {
    return reserved;
  }

  @Override
  public Prepared prepare(PodId pod, Optional<Did> did) {
    byte[] wrapping = Envelope.newKey(random);
    Optional<ReservedKeys.Taken> taken = did.flatMap(reserved::find);
    byte[] repo =
        taken.map(ReservedKeys.Taken::privateKey).orElseGet(() -> Secp256k1.generate(random));
    var ed25519 = new Ed25519PrivateKeyParameters(random);
    Opened made = new Opened(wrapping, repo, ed25519);
    List<KeyRows.Row> sealed = new ArrayList<>();
    sealed.add(
        new KeyRows.Row(
            KeyRows.WRAPPING,
            "",
            Envelope.seal(
                master.bytes(), KeyRows.bound(pod.value(), KeyRows.WRAPPING), wrapping, random)));
    sealed.add(row(pod, wrapping, REPO, made.didKey, repo));
    sealed.add(row(pod, wrapping, ED25519, made.ed25519Multikey, ed25519.getEncoded()));
    pool.poll()
        .ifPresent(
            pair -> {
              made.rsa = new Rsa(pair.getPrivate(), KeyForms.pem(pair.getPublic()));
              sealed.add(row(pod, wrapping, RSA, made.rsa.pem(), pair.getPrivate().getEncoded()));
            });
    opened.put(pod, made);
    return new Fresh(pod, made.didKey, rows.insert(pod.value(), sealed), taken);
  }

  private KeyRows.Row row(
      PodId pod, byte[] wrapping, String purpose, String publicKey, byte[] privateKey) {
    return new KeyRows.Row(
        purpose,
        publicKey,
        Envelope.seal(wrapping, KeyRows.bound(pod.value(), purpose), privateKey, random));
  }

  private Opened open(PodId pod) {
    Map<String, KeyRows.Row> stored = rows.read(pod.value());
    KeyRows.Row wrapped = stored.get(KeyRows.WRAPPING);
    if (wrapped == null) {
      throw new IdentityFailure.NotFound("the pod has no keys");
    }
    byte[] wrapping =
        Envelope.open(
            master.bytes(), KeyRows.bound(pod.value(), KeyRows.WRAPPING), wrapped.sealed());
    Opened keys =
        new Opened(
            wrapping,
            unseal(pod, wrapping, stored, REPO),
            new Ed25519PrivateKeyParameters(unseal(pod, wrapping, stored, ED25519)));
    KeyRows.Row rsa = stored.get(RSA);
    if (rsa != null) {
      keys.rsa = new Rsa(KeyForms.rsaPrivate(unseal(pod, wrapping, stored, RSA)), rsa.publicKey());
    }
    return keys;
  }

  private static byte[] unseal(
      PodId pod, byte[] wrapping, Map<String, KeyRows.Row> stored, String purpose) {
    KeyRows.Row row = stored.get(purpose);
    if (row == null) {
      throw new IdentityFailure.NotFound("the pod has no key for " + purpose);
    }
    return Envelope.open(wrapping, KeyRows.bound(pod.value(), purpose), row.sealed());
  }

  private Rsa rsa(PodId pod) {
    Opened keys = opened.get(pod);
    Rsa known = keys.rsa;
    if (known != null) {
      return known;
    }
    synchronized (keys) {
      if (keys.rsa == null) {
        keys.rsa = storeRsa(pod, keys);
      }
      return keys.rsa;
    }
  }

  private Rsa storeRsa(PodId pod, Opened keys) {
    KeyPair pair = pool.take();
    String pem = KeyForms.pem(pair.getPublic());
    KeyRows.Row fresh = row(pod, keys.wrapping, RSA, pem, pair.getPrivate().getEncoded());
    KeyRows.Row stored =
        database.change(
            connection -> {
              KeyRows.Row there = KeyRows.read(connection, pod.value()).get(RSA);
              if (there != null) {
                return there;
              }
              rows.insert(pod.value(), List.of(fresh)).run(connection);
              return fresh;
            });
    byte[] privateKey =
        Envelope.open(keys.wrapping, KeyRows.bound(pod.value(), RSA), stored.sealed());
    return new Rsa(KeyForms.rsaPrivate(privateKey), stored.publicKey());
  }

  @Override
  public Prepared replace(PodId pod, String didKey) {
    ReservedKeys.Taken taken =
        reserved
            .find(didKey)
            .orElseThrow(() -> new IdentityFailure.Invalid("the key was not reserved here"));
    Opened before = opened.get(pod);
    Opened made = new Opened(before.wrapping, taken.privateKey(), before.ed25519);
    made.rsa = before.rsa;
    opened.put(pod, made);
    IdentityDatabase.Step replacing =
        rows.replace(pod.value(), row(pod, before.wrapping, REPO, made.didKey, taken.privateKey()));
    return new Fresh(pod, made.didKey, replacing, Optional.of(taken));
  }

  @Override
  public IdentityDatabase.Step destroy(PodId pod) {
    return connection -> {
      KeyRows.delete(pod.value()).run(connection);
      opened.invalidate(pod);
    };
  }

  @Override
  public byte[] signRepo(PodId pod, byte[] message) {
    return Secp256k1.sign(opened.get(pod).repo, message);
  }

  @Override
  public String didKey(PodId pod) {
    return opened.get(pod).didKey;
  }

  @Override
  public byte[] signRsa(PodId pod, byte[] data) {
    return KeyForms.signRsa(rsa(pod).key(), data);
  }

  @Override
  public String rsaPem(PodId pod) {
    return rsa(pod).pem();
  }

  @Override
  public byte[] signEd25519(PodId pod, byte[] data) {
    return KeyForms.signEd25519(opened.get(pod).ed25519, data);
  }

  @Override
  public String ed25519Multibase(PodId pod) {
    return opened.get(pod).ed25519Multikey;
  }

  @Override
  public void close() {
    pool.close();
  }

  private record Rsa(PrivateKey key, String pem) {}

  private static final class Opened {
    final byte[] wrapping;
    final byte[] repo;
    final String didKey;
    final Ed25519PrivateKeyParameters ed25519;
    final String ed25519Multikey;
    volatile @Nullable Rsa rsa;

    Opened(byte[] wrapping, byte[] repo, Ed25519PrivateKeyParameters ed25519) {
      this.wrapping = wrapping;
      this.repo = repo;
      this.didKey = DidKey.ofSecp256k1(repo).toString();
      this.ed25519 = ed25519;
      this.ed25519Multikey = DidKey.ed25519Multikey(ed25519.generatePublicKey().getEncoded());
    }
  }

  private final class Fresh implements Prepared {
    private final PodId pod;
    private final String didKey;
    private final IdentityDatabase.Step insert;
    private final Optional<ReservedKeys.Taken> taken;

    Fresh(
        PodId pod,
        String didKey,
        IdentityDatabase.Step insert,
        Optional<ReservedKeys.Taken> taken) {
      this.pod = pod;
      this.didKey = didKey;
      this.insert = insert;
      this.taken = taken;
    }

    @Override
    public String didKey() {
      return didKey;
    }

    @Override
    public IdentityDatabase.Step store() {
      return connection -> {
        insert.run(connection);
        if (taken.isPresent()) {
          taken.get().remove().run(connection);
        }
      };
    }

    @Override
    public void forget() {
      opened.invalidate(pod);
    }
  }
}
