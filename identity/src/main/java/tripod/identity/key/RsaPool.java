package tripod.identity.key;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
 * not. The filler keeps still while keys are being taken and while the server is at work, so that
 * it does not compete with those who wait; only when no key is left does it make one now and then.
 */
final class RsaPool implements AutoCloseable {
  static final int BITS = 2048;
  private static final int SPARE_MAX = 16;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Rest after each key: making one takes some 0.2 s of a core that others may want. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Part of one core that a server at rest uses at most. */
  private static final double IDLE_SHARE_MAX = 0.2;

  /** Part of all processors that others may use meanwhile. */
  private static final double MACHINE_SHARE_MAX = 0.7;

  /** Busy rests before a key is made all the same, when none is left. */
  private static final int BUSY_RESTS_MAX = 5;

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
    Background.giveWay(); // a key takes a processor for longer than anybody should wait
    int busyRests = 0;
    try {
      while (!closed) {
        long quiet = System.nanoTime() - lastTaken.get();
        if (quiet < QUIET_NANOS) {
          TimeUnit.NANOSECONDS.sleep(QUIET_NANOS - quiet);
        } else if (isIdleWhileResting() || (spare.isEmpty() && ++busyRests > BUSY_RESTS_MAX)) {
          busyRests = 0;
          spare.put(generate());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Rests, and says whether the server did so as well. */
  private static boolean isIdleWhileResting() throws InterruptedException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long before = system.getProcessCpuTime();
    TimeUnit.NANOSECONDS.sleep(REST_NANOS);
    return system.getProcessCpuTime() - before < IDLE_SHARE_MAX * REST_NANOS
        && system.getCpuLoad() < MACHINE_SHARE_MAX;
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
