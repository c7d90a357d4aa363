package tripod.identity.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An answer from somebody else's server.
 *
 * @param status the status code
 * @param uri where it came from in the end, after redirects
 * @param headers fields, names in lower case
 * @param body the whole body, decompressed
 */
public record OutboundResponse(
    int status, URI uri, Map<String, List<String>> headers, byte[] body) {
  public OutboundResponse {
    headers = Map.copyOf(headers);
  }

  /** Says whether the status is 200 to 299. */
  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** Returns the first value of a field, whose name is given in lower case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name)).flatMap(values -> values.stream().findFirst());
  }

  /** Returns the body as UTF-8. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
