package tripod.console.look;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The headers that guard pages (SEC-54).
 *
 * <p>Pages of the service host may run the house's own script; pages on pods' hosts run none.
 */
public final class Headers {
  private static final String HSTS = "max-age=31536000; includeSubDomains";

  private final URI origin;
  private final String servicePolicy;
  private final String podPolicy;

  /**
   * Prepares the headers.
   *
   * @param origin the service's own origin
   * @param podHosts host sources of members' media, for example {@code https://*.coop.example}
   */
  public Headers(URI origin, List<String> podHosts) {
    this.origin = origin;
    this.servicePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: "
            + String.join(" ", podHosts)
            + "; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " require-trusted-types-for 'script'; trusted-types default";
    this.podPolicy =
        "default-src 'none'; style-src 'self' "
            + origin
            + "; img-src 'self' data: "
            + origin
            + "; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
  }

  /** Sets the headers of a page of the console. */
  public void onService(Context request) {
    onService(request, Optional.empty());
  }

  /**
   * Sets the headers of a page of the console whose forms may lead to one other place: browsers ask
   * {@code form-action} about redirects as well.
   *
   * @param formTarget a source expression of CSP
   */
  public void onService(Context request, Optional<String> formTarget) {
    request.header(
        "Content-Security-Policy",
        formTarget
            .map(
                target ->
                    servicePolicy.replace("form-action 'self'", "form-action 'self' " + target))
            .orElse(servicePolicy));
    request.header("Cache-Control", "no-store");
    common(request);
  }

  /** Sets the headers of a public page. */
  public void onPod(Context request) {
    request.header("Content-Security-Policy", podPolicy);
    request.header("Cache-Control", "no-cache");
    request.header("Vary", "Accept");
    common(request);
  }

  private void common(Context request) {
    request.header("X-Content-Type-Options", "nosniff");
    request.header("Referrer-Policy", "no-referrer");
    request.header("Cross-Origin-Opener-Policy", "same-origin");
    request.header("X-Frame-Options", "DENY");
    if ("https".equals(origin.getScheme())) {
      request.header("Strict-Transport-Security", HSTS);
    }
    request.contentType("text/html;charset=utf-8");
  }
}
