package tripod.identity.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to somebody else's server.
 *
 * @param method upper case
 * @param uri where to, absolute
 * @param headers fields in order; {@code Host}, {@code Content-Length} and hop-by-hop fields are
 *     the client's
 * @param body the body, empty for none
 * @param limit what the answer may cost
 * @param redirectsMax how many redirects are followed; 0 hands the redirect back
 */
public record OutboundRequest(
    String method,
    URI uri,
    List<Header> headers,
    Optional<byte[]> body,
    Limit limit,
    int redirectsMax) {
  public OutboundRequest {
    headers = List.copyOf(headers);
  }

  /** Asks for a document with a GET. */
  public static OutboundRequest get(URI uri, Limit limit) {
    return new OutboundRequest("GET", uri, List.of(), Optional.empty(), limit, limit.redirects());
  }

  /** Sends a body with a POST; redirects are not followed. */
  public static OutboundRequest post(URI uri, String contentType, byte[] body, Limit limit) {
    return new OutboundRequest(
        "POST", uri, List.of(new Header("Content-Type", contentType)), Optional.of(body), limit, 0);
  }

  /** Returns this request with one more field. */
  public OutboundRequest with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new OutboundRequest(method, uri, more, body, limit, redirectsMax);
  }

  /** Returns this request with a body. */
  public OutboundRequest with(byte[] content) {
    return new OutboundRequest(method, uri, headers, Optional.of(content), limit, redirectsMax);
  }

  /** Returns this request with another number of redirects to follow. */
  public OutboundRequest redirects(int max) {
    return new OutboundRequest(method, uri, headers, body, limit, max);
  }

  /**
   * One field.
   *
   * @param name its name
   * @param value its value
   */
  public record Header(String name, String value) {}

  /** What an answer may cost (SEC-22, SEC-23). */
  public enum Limit {
    /** Metadata, keys, DID documents, WebFinger, tokens: no redirect. */
    METADATA(512 * 1024, Duration.ofSeconds(10), 0),
    /** Handles and WebID documents: small, but may be redirected. */
    SMALL(512 * 1024, Duration.ofSeconds(10), 3),
    /** ActivityPub objects. */
    OBJECT(1024 * 1024, Duration.ofSeconds(10), 3),
    /** Answers handed on to a client. */
    PROXY(10 * 1024 * 1024, Duration.ofSeconds(30), 0),
    /** Answers to files that are handed on for a client, for as long as it may send them. */
    PROXY_UPLOAD(10 * 1024 * 1024, Duration.ofMinutes(15), 0),
    /** Pictures and films. */
    MEDIA(40 * 1024 * 1024, Duration.ofSeconds(60), 3);

    private final int bytesMax;
    private final Duration time;
    private final int redirects;

    Limit(int bytesMax, Duration time, int redirects) {
      this.bytesMax = bytesMax;
      this.time = time;
      this.redirects = redirects;
    }

    /** Returns the largest body in bytes, after decompression. */
    public int bytesMax() {
      return bytesMax;
    }

    /** Returns how long the whole call may take. */
    public Duration time() {
      return time;
    }

    /** Returns how many redirects are followed. */
    public int redirects() {
      return redirects;
    }
  }
}
