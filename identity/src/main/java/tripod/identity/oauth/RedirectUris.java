package tripod.identity.oauth;

import java.net.URI;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Where an answer may be sent (atproto.md 5.3, SEC-56). */
final class RedirectUris {
  private static final int CHARS_MAX = 2048;
  private static final Set<String> NOT_OF_APPS =
      Set.of(
          "javascript", "data", "vbscript", "blob", "file", "about", "ws", "wss", "ftp", "mailto");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]");

  private RedirectUris() {}

  /** Reads an address; empty when it is none or holds what no redirect may. */
  static Optional<URI> parse(String text) {
    if (text.length() > CHARS_MAX || !text.chars().allMatch(c -> c > 0x20 && c < 0x7F)) {
      return Optional.empty();
    }
    try {
      URI uri = URI.create(text);
      boolean usable =
          uri.getScheme() != null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
      return usable ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Says whether it names this machine by number. */
  static boolean isLoopback(URI uri) {
    return "http".equals(uri.getScheme())
        && uri.getHost() != null
        && LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
  }

  /**
   * Checks an address in the document of an ATProto client.
   *
   * @throws OAuthFailure if it may not be there
   */
  static void checkAtproto(String text, String clientHost, boolean isNative) {
    URI uri = parse(text).orElseThrow(() -> bad(text, "is no address"));
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    switch (scheme) {
      case "https" -> {
        if (uri.getHost() == null || isLocalName(uri.getHost())) {
          throw bad(text, "is no public address");
        }
      }
      case "http" -> {
        if (!isNative || !isLoopback(uri)) {
          throw bad(text, "may be plain http for native clients on 127.0.0.1 or [::1] alone");
        }
      }
      default -> {
        List<String> labels = Arrays.asList(clientHost.toLowerCase(Locale.ROOT).split("\\.", -1));
        Collections.reverse(labels);
        boolean own = scheme.indexOf('.') > 0 && scheme.equals(String.join(".", labels));
        boolean form = text.startsWith(uri.getScheme() + ":/") && !text.startsWith(scheme + "://");
        if (!isNative || !own || !form) {
          throw bad(text, "has a scheme that is not the client's host in reverse");
        }
      }
    }
  }

  /**
   * Checks an address of a client of another dialect: https, this machine, or a scheme of the app's
   * own; nothing that runs in a page or opens a file.
   *
   * @throws OAuthFailure if it may not be used
   */
  static void checkOwn(String text) {
    if (text.equals(Answered.OUT_OF_BAND)) {
      return;
    }
    URI uri = parse(text).orElseThrow(() -> bad(text, "is no address"));
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    boolean good =
        switch (scheme) {
          case "https" -> uri.getHost() != null;
          case "http" -> isLoopback(uri) || "localhost".equalsIgnoreCase(uri.getHost());
          default -> !NOT_OF_APPS.contains(scheme);
        };
    if (!good) {
      throw bad(text, "is neither https nor of this machine");
    }
  }

  private static boolean isLocalName(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.indexOf('.') < 0 || name.endsWith(".localhost") || name.endsWith(".local");
  }

  /**
   * Says whether an address is the registered one: character for character, but that a native
   * client on loopback takes any port (RFC 8252 section 7.3).
   */
  static boolean matches(String registered, String asked, boolean isNative) {
    if (registered.equals(asked)) {
      return parse(asked).isPresent();
    }
    Optional<URI> one = isNative ? parse(registered) : Optional.empty();
    Optional<URI> other = one.flatMap(known -> parse(asked));
    return other.isPresent()
        && isLoopback(one.get())
        && isLoopback(other.get())
        && one.get().getHost().equalsIgnoreCase(other.get().getHost())
        && path(one.get()).equals(path(other.get()))
        && Objects.equals(one.get().getRawQuery(), other.get().getRawQuery());
  }

  private static String path(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  private static OAuthFailure bad(String text, String why) {
    return new OAuthFailure("invalid_redirect_uri", "the redirect address " + text + " " + why);
  }
}
