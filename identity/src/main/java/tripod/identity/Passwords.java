package tripod.identity;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Passwords: which may be chosen, and how they are kept (SEC-50): Argon2id, with its parameters
 * beside it. At most two are computed at a time and twenty wait (SEC-16), since each takes 19 MiB.
 */
public final class Passwords {
  /** Fewest characters of a new password. */
  public static final int CHARS_MIN = 10;

  /** Most characters of a new password. */
  public static final int CHARS_MAX = 256;

  private static final int SIGN_IN_CHARS_MAX = 512;
  private static final int MEMORY_KIB = 19_456;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int TAG_BYTES = 32;
  private static final int AT_ONCE = 2;
  private static final int WAITING_MAX = 20;
  private static final String PREFIX =
      "$argon2id$v=19$m=" + MEMORY_KIB + ",t=" + PASSES + ",p=" + LANES + "$";

  private final SecureRandom random;
  private final Set<String> common = readCommon();
  private final Semaphore permits = new Semaphore(AT_ONCE, true);
  private final AtomicInteger waiting = new AtomicInteger();

  private final String dummy;

  /** Memory gone through so far, in KiB times passes: the work, by which names are told apart. */
  private final AtomicLong work = new AtomicLong();

  /** Takes salts from a source of randomness. */
  public Passwords(SecureRandom random) {
    this.random = random;
    this.dummy = hashOfNobody(random);
  }

  /**
   * Checks that a password may be chosen.
   *
   * @param others words that must not be the whole password, such as the person's names
   * @throws IdentityFailure.WeakPassword if it may not
   */
  public void checkNew(Secret password, Set<String> others) {
    String text = normal(password.reveal());
    int length = text.codePointCount(0, text.length());
    if (length < CHARS_MIN || length > CHARS_MAX) {
      throw new IdentityFailure.WeakPassword(
          "the password must have " + CHARS_MIN + " to " + CHARS_MAX + " characters");
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (common.contains(lower) || others.contains(lower)) {
      throw new IdentityFailure.WeakPassword("the password is one of those tried first");
    }
  }

  /** Returns the form in which a password is kept. */
  public String hash(Secret password) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(salt, limited(() -> compute(password, salt, MEMORY_KIB, PASSES, LANES, TAG_BYTES)));
  }

  /** Returns a hash that no password has. */
  String hashOfNobody() {
    return hashOfNobody(random);
  }

  private static String hashOfNobody(SecureRandom random) {
    byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    byte[] tag = new byte[TAG_BYTES];
    random.nextBytes(tag);
    return text(salt, tag);
  }

  /**
   * Says whether a password is the one that is kept. Works as long when none is kept (SEC-51).
   *
   * @param stored what {@link #hash} gave, or empty when there is no such account
   */
  public boolean verify(Optional<String> stored, Secret password) {
    String[] parts = stored.orElse(dummy).split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id")) {
      throw new IllegalStateException("a stored password is of an unknown kind");
    }
    String[] cost = parts[3].split("[=,]", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] tag = Base64.getDecoder().decode(parts[5]);
    Secret tried = password.reveal().length() > SIGN_IN_CHARS_MAX ? Secret.of("") : password;
    byte[] computed =
        limited(
            () ->
                compute(
                    tried,
                    salt,
                    Integer.parseInt(cost[1]),
                    Integer.parseInt(cost[3]),
                    Integer.parseInt(cost[5]),
                    tag.length));
    return MessageDigest.isEqual(tag, computed) && stored.isPresent() && tried.equals(password);
  }

  /** Says whether a kept form is weaker than a new one would be, so that it should be renewed. */
  public boolean isOutdated(String stored) {
    return !stored.startsWith(PREFIX);
  }

  /** Returns how much was computed so far, in KiB gone through. */
  long work() {
    return work.get();
  }

  private byte[] limited(java.util.function.Supplier<byte[]> work) {
    if (waiting.incrementAndGet() > WAITING_MAX + AT_ONCE) {
      waiting.decrementAndGet();
      throw new IdentityFailure.Unavailable("too many people are signing in; try again soon");
    }
    try {
      permits.acquireUninterruptibly();
      try {
        return work.get();
      } finally {
        permits.release();
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  private byte[] compute(
      Secret password, byte[] salt, int memoryKib, int passes, int lanes, int tagBytes) {
    work.addAndGet((long) memoryKib * passes * lanes);
    return Argon2id.tag(
        normal(password.reveal()).getBytes(StandardCharsets.UTF_8),
        salt,
        memoryKib,
        passes,
        lanes,
        tagBytes);
  }

  private static String text(byte[] salt, byte[] tag) {
    var base64 = Base64.getEncoder().withoutPadding();
    return PREFIX + base64.encodeToString(salt) + "$" + base64.encodeToString(tag);
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  private static Set<String> readCommon() {
    try (InputStream in = Passwords.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException("the list of common passwords is missing");
      }
      var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
