package tripod.identity.key;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * RSA keys made while nobody waits: one takes a tenth of a second of a processor, a sign-up should
 * not. The filler keeps still while keys are being taken, so that it does not compete with those
 * who take them.
 */
final class RsaPool implements AutoCloseable {
  static final int BITS = 2048;
  private static final int SPARE_MAX = 32;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Rest after each key: making one takes some 0.2 s of a core that others may want. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final BlockingQueue<KeyPair> spare = new LinkedBlockingQueue<>(SPARE_MAX);
  private final AtomicLong lastTaken = new AtomicLong(System.nanoTime() - QUIET_NANOS);
  private final SecureRandom random;
  private final Thread filler;
  private volatile boolean closed;

  RsaPool(SecureRandom random) {
    this.random = random;
    this.filler = Thread.ofPlatform().name("identity-rsa-filler").daemon(true).start(this::fill);
  }

  private void fill() {
    try {
      while (!closed) {
        long quiet = System.nanoTime() - lastTaken.get();
        if (quiet < QUIET_NANOS) {
          TimeUnit.NANOSECONDS.sleep(QUIET_NANOS - quiet);
        } else {
          spare.put(generate());
          TimeUnit.NANOSECONDS.sleep(REST_NANOS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a spare key, or empty when none is left; does not make one. */
  Optional<KeyPair> poll() {
    lastTaken.set(System.nanoTime());
    return Optional.ofNullable(spare.poll());
  }

  /** Returns a spare key, or makes one. */
  KeyPair take() {
    KeyPair ready = spare.poll();
    return ready == null ? generate() : ready;
  }

  private KeyPair generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(BITS, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have RSA", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    filler.interrupt();
  }
}
