package tripod.activitypub.signature;

import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tripod.activitypub.activity.As2;

/** Signs requests of ours. Safe between threads. */
public final class RequestSigner {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final InstantSource clock;

  /** Signs at the times of {@code clock}. */
  public RequestSigner(InstantSource clock) {
    this.clock = clock;
  }

  /** Returns the headers of a signed GET, by lower-case name, without Host. */
  public Map<String, String> get(SignatureScheme scheme, URI target, SigningKey key) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("accept", As2.ACCEPT);
    return sign(scheme, "GET", target, headers, Optional.empty(), key);
  }

  /** Returns the headers of a signed POST of an activity, by lower-case name, without Host. */
  public Map<String, String> post(SignatureScheme scheme, URI target, byte[] body, SigningKey key) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("content-type", As2.ACTIVITY_JSON);
    return sign(scheme, "POST", target, headers, Optional.of(body), key);
  }

  private Map<String, String> sign(
      SignatureScheme scheme,
      String method,
      URI target,
      Map<String, String> headers,
      Optional<byte[]> body,
      SigningKey key) {
    headers.put("date", HTTP_DATE.format(clock.instant()));
    body.ifPresent(
        bytes -> {
          if (scheme == SignatureScheme.CAVAGE) {
            headers.put("digest", Digests.digest(bytes));
          } else {
            headers.put("content-digest", Digests.contentDigest(bytes));
          }
        });
    Map<String, List<String>> seen = new LinkedHashMap<>();
    headers.forEach((name, value) -> seen.put(name, List.of(value)));
    SignedRequest bare = new SignedRequest(method, target, seen, body.orElse(new byte[0]));
    seen.put("host", List.of(bare.authority()));
    SignedRequest request = new SignedRequest(method, target, seen, body.orElse(new byte[0]));
    boolean hasBody = body.isPresent();
    switch (scheme) {
      case CAVAGE ->
          headers.put(
              "signature", CavageSignature.sign(request, CavageSignature.cover(hasBody), key));
      case RFC9421 ->
          headers.putAll(
              MessageSignature.sign(
                  request, MessageSignature.cover(hasBody), clock.instant().getEpochSecond(), key));
    }
    return headers;
  }
}
