package tripod.console.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tripod.identity.oauth.Asking;

/**
 * What the pages of one request show.
 *
 * @param app who asks
 * @param requestUri stands for the request
 * @param handle whose account it is about; empty before sign-in
 * @param lines what is asked for
 * @param never what it does not get
 * @param name as typed, or as the app expects it
 * @param error what was wrong
 * @param token form token
 */
record ConsentPage(
    App app,
    String requestUri,
    String handle,
    List<Right> lines,
    List<String> never,
    String name,
    Optional<String> error,
    String token) {

  /** Returns the request's name as it stands in an address. */
  String requestUriInUrl() {
    return URLEncoder.encode(requestUri, StandardCharsets.UTF_8);
  }

  /**
   * The app.
   *
   * @param title what it is called in a heading: what is proved of it
   * @param claims what it calls itself
   * @param clientId its id, whole
   * @param goesTo where the answer goes
   * @param isLoopback whether it is under development on the person's own machine
   */
  record App(
      String title, Optional<String> claims, String clientId, String goesTo, boolean isLoopback) {

    static App of(Asking asking) {
      String goesTo = host(asking.redirect());
      boolean isAddress = asking.clientId().startsWith("https://");
      String title =
          asking.isLoopback()
              ? "An app on your own device"
              : isAddress ? host(asking.clientId()) : asking.clientName().orElse("An app");
      // A name that nothing proves is shown beside what is proved, never instead of it.
      Optional<String> claims = isAddress ? asking.clientName() : Optional.empty();
      return new App(title, claims, asking.clientId(), goesTo, asking.isLoopback());
    }

    /** Returns the id as it stands in an address. */
    String clientIdInUrl() {
      return URLEncoder.encode(clientId, StandardCharsets.UTF_8);
    }

    static String host(String address) {
      try {
        URI uri = URI.create(address);
        return uri.getHost() == null ? uri.getScheme() + ":" : uri.getRawAuthority();
      } catch (IllegalArgumentException e) {
        return address;
      }
    }
  }

  /**
   * A right that is asked for.
   *
   * @param scope as the app wrote it
   * @param title in plain words
   * @param details more
   * @param isRequired whether it cannot be left out
   */
  record Right(String scope, String title, List<String> details, boolean isRequired) {}
}
