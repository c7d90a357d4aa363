package tripod.activitypub.signature;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as its signature sees it.
 *
 * @param method upper case
 * @param target the address as the sender wrote it, with scheme, host and query
 * @param headers by lower-case name, values in order
 * @param body exact bytes; empty for none
 */
public record SignedRequest(
    String method, URI target, Map<String, List<String>> headers, byte[] body) {
  public SignedRequest {
    method = method.toUpperCase(Locale.ROOT);
    var copy = new TreeMap<String, List<String>>();
    headers.forEach((name, values) -> copy.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
    headers = Map.copyOf(copy);
  }

  /** Returns a header's value, several joined as RFC 9421, section 2.1 says. */
  public Optional<String> header(String name) {
    List<String> values = headers.get(name);
    if (values == null || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(String.join(", ", values.stream().map(String::strip).toList()));
  }

  String path() {
    String path = target.getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  Optional<String> query() {
    return Optional.ofNullable(target.getRawQuery());
  }

  String pathAndQuery() {
    return path() + query().map(q -> "?" + q).orElse("");
  }

  /** Host and port as they stand in the target, the port left out where it is the scheme's own. */
  String authority() {
    String host = target.getHost().toLowerCase(Locale.ROOT);
    int port = target.getPort();
    boolean plain =
        port == -1
            || (port == 443 && "https".equals(target.getScheme()))
            || (port == 80 && "http".equals(target.getScheme()));
    return plain ? host : host + ":" + port;
  }
}
