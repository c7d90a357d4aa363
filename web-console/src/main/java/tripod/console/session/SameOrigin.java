package tripod.console.session;

import java.net.URI;
import java.util.Optional;

/**
 * Says whether a request that changes something was sent by a page of ours (SEC-53).
 *
 * @param origin the service's own origin
 * @see <a href="https://www.w3.org/TR/fetch-metadata/">Fetch Metadata Request Headers</a>
 */
record SameOrigin(URI origin) {

  /**
   * Decides by the two headers that only the browser can set.
   *
   * <p>Our pages send no referrer, and so browsers give {@code Origin: null} with their forms
   * (Fetch, section 3.2): {@code Sec-Fetch-Site} then decides. A request with neither comes from no
   * browser of today and is refused.
   *
   * @param host the {@code Host} field, which the doorway has found to be the service's
   */
  boolean holds(Optional<String> originField, Optional<String> fetchSite, String host) {
    Optional<String> named = originField.filter(o -> !o.equals("null"));
    if (named.isPresent()
        && !named.get().equals(origin.toString())
        && !named.get().equals(origin.getScheme() + "://" + host)) {
      return false;
    }
    return fetchSite.map("same-origin"::equals).orElse(named.isPresent());
  }
}
