package tripod.activitypub.signature;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import tripod.activitypub.activity.ActivityFailure;

/** The two header fields that tie a body to its signature. */
final class Digests {
  private Digests() {}

  static byte[] sha256(byte[] body) {
    return hash("SHA-256", body);
  }

  private static byte[] hash(String algorithm, byte[] body) {
    try {
      return MessageDigest.getInstance(algorithm).digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has the SHA-2 family
    }
  }

  /** Makes {@code Digest} of RFC 3230. */
  static String digest(byte[] body) {
    return "SHA-256=" + Base64.getEncoder().encodeToString(sha256(body));
  }

  /** Makes {@code Content-Digest} of RFC 9530. */
  static String contentDigest(byte[] body) {
    return "sha-256=:" + Base64.getEncoder().encodeToString(sha256(body)) + ":";
  }

  /** Requires {@code Digest} to name this body; several digests may stand there. */
  static void requireDigest(String header, byte[] body) {
    for (String part : header.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals < 0) {
        continue;
      }
      String algorithm = part.substring(0, equals).strip().toUpperCase(Locale.ROOT);
      if (algorithm.equals("SHA-256") || algorithm.equals("SHA-512")) {
        same(algorithm, part.substring(equals + 1).strip(), body);
        return;
      }
    }
    throw new ActivityFailure.Unproven("the digest names neither SHA-256 nor SHA-512");
  }

  /** Requires {@code Content-Digest} to name this body. */
  static void requireContentDigest(String header, byte[] body) {
    for (String part : header.split(",", -1)) {
      String entry = part.strip();
      int equals = entry.indexOf("=:");
      if (equals < 0 || !entry.endsWith(":") || entry.length() < equals + 3) {
        continue;
      }
      String algorithm = entry.substring(0, equals).toUpperCase(Locale.ROOT);
      if (algorithm.equals("SHA-256") || algorithm.equals("SHA-512")) {
        same(algorithm, entry.substring(equals + 2, entry.length() - 1), body);
        return;
      }
    }
    throw new ActivityFailure.Unproven("the content digest names neither sha-256 nor sha-512");
  }

  private static void same(String algorithm, String claimed, byte[] body) {
    byte[] expected = Base64.getEncoder().encode(hash(algorithm, body));
    byte[] came = claimed.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    if (!MessageDigest.isEqual(expected, came)) {
      throw new ActivityFailure.Unproven("the digest does not fit the body");
    }
  }
}
