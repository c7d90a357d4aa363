package tripod.console.session;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The console's two cookies: the session, and what binds a form to a browser that is not signed in
 * yet (SEC-52).
 *
 * <p>The prefix {@code __Host-} needs https. The lab has none, so its cookies have a plain name,
 * with the port in it, as browsers send cookies to every port of a host.
 */
final class Cookies {
  private static final int CHARS_MAX = 128;

  private final boolean https;
  private final String suffix;

  Cookies(URI origin) {
    https = "https".equals(origin.getScheme());
    suffix = https ? "" : "-" + origin.getPort();
  }

  Optional<String> read(Context request, Kind kind) {
    String value = request.cookie(name(kind));
    return value == null || value.isEmpty() || value.length() > CHARS_MAX
        ? Optional.empty()
        : Optional.of(value);
  }

  void set(Context request, Kind kind, String value, Duration life) {
    request
        .res()
        .addHeader(
            "Set-Cookie",
            name(kind)
                + "="
                + value
                + "; Path=/; HttpOnly; SameSite=Lax; Max-Age="
                + life.toSeconds()
                + (https ? "; Secure" : ""));
  }

  void clear(Context request, Kind kind) {
    set(request, kind, "", Duration.ZERO);
  }

  String name(Kind kind) {
    return (https ? "__Host-" : "") + "tripod-" + kind.word + suffix;
  }

  /** What a cookie is for. */
  enum Kind {
    /** A signed-in browser. */
    SESSION("session"),
    /** The browser itself, whoever is signed in: what apps ask for belongs to one browser. */
    DEVICE("device"),
    /** Any browser that was given a form. */
    VISIT("visit");

    private final String word;

    Kind(String word) {
      this.word = word;
    }
  }
}
