package tripod.identity.token;

/** Comparing web addresses that people write with and without a last slash. */
final class Webs {
  private Webs() {}

  static boolean sameIssuer(String one, String other) {
    return !one.isEmpty() && plain(one).equals(plain(other));
  }

  private static String plain(String url) {
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
