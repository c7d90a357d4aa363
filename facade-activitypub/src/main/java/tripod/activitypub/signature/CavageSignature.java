package tripod.activitypub.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;

/**
 * Signatures of draft-cavage-http-signatures-12, as the fediverse uses them.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-cavage-http-signatures-12#section-2">
 *     Draft 12, section 2</a>
 */
final class CavageSignature {
  private static final int HEADER_CHARS_MAX = 8192;
  private static final int COVERED_MAX = 32;
  private static final String REQUEST_TARGET = "(request-target)";

  private final SignatureWindow window;

  CavageSignature(SignatureWindow window) {
    this.window = window;
  }

  /** Takes a request's signature apart, and refuses it unless it covers what SEC-80 asks for. */
  SignatureParts read(SignedRequest request, String header) {
    Map<String, String> params = parameters(header);
    String keyId = SignatureParams.need(params, "keyid");
    String list = params.getOrDefault("headers", "date").toLowerCase(Locale.ROOT);
    List<String> covered = List.of(list.split(" ", -1));
    if (covered.size() > COVERED_MAX || new HashSet<>(covered).size() != covered.size()) {
      throw new ActivityFailure.Unproven("the list of signed headers is too long or repeats one");
    }
    requireCover(request, covered, params);
    List<byte[]> bases = new ArrayList<>();
    bases.add(base(request, covered, params, request.pathAndQuery()));
    if (request.method().equals("GET") && request.query().isPresent()) {
      // Some peers sign the path alone; harmless where nothing is changed by the query.
      bases.add(base(request, covered, params, request.path()));
    }
    return new SignatureParts(
        keyId,
        Optional.ofNullable(params.get("algorithm")).map(a -> a.toLowerCase(Locale.ROOT)),
        bases,
        SignatureParams.bytes(SignatureParams.need(params, "signature")));
  }

  private void requireCover(
      SignedRequest request, List<String> covered, Map<String, String> params) {
    requireCovered(covered, REQUEST_TARGET);
    requireCovered(covered, "host");
    String host = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    if (!host.equals(request.authority())) {
      throw new ActivityFailure.Unproven("the Host is not the one that was asked");
    }
    if (covered.contains("(created)")) {
      window.requireCreated(SignatureParams.seconds(params, "created"));
    } else {
      requireCovered(covered, "date");
      window.requireDate(requireHeader(request, "date"));
    }
    if (params.containsKey("expires")) {
      window.requireNotExpired(SignatureParams.seconds(params, "expires"));
    }
    if (request.body().length > 0) {
      requireCovered(covered, "digest");
      Digests.requireDigest(requireHeader(request, "digest"), request.body());
    }
  }

  private static void requireCovered(List<String> covered, String name) {
    if (!covered.contains(name)) {
      throw new ActivityFailure.Unproven("the signature does not cover " + name);
    }
  }

  private static String requireHeader(SignedRequest request, String name) {
    return request
        .header(name)
        .orElseThrow(() -> new ActivityFailure.Unproven("the header " + name + " is missing"));
  }

  private static byte[] base(
      SignedRequest request, List<String> covered, Map<String, String> params, String path) {
    List<String> lines = new ArrayList<>();
    for (String name : covered) {
      String value =
          switch (name) {
            case REQUEST_TARGET -> request.method().toLowerCase(Locale.ROOT) + " " + path;
            case "(created)" -> SignatureParams.need(params, "created");
            case "(expires)" -> SignatureParams.need(params, "expires");
            default -> requireHeader(request, name);
          };
      lines.add(name + ": " + value);
    }
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  /** Signs: returns the value of {@code Signature} for headers that are already set. */
  static String sign(SignedRequest request, List<String> covered, SigningKey key) {
    byte[] signature = key.sign(base(request, covered, Map.of(), request.pathAndQuery()));
    return "keyId=\""
        + key.keyId()
        + "\",algorithm=\"rsa-sha256\",headers=\""
        + String.join(" ", covered)
        + "\",signature=\""
        + Base64.getEncoder().encodeToString(signature)
        + "\"";
  }

  /** Reads {@code name="text"} and {@code name=number}, separated by commas, each name once. */
  private static Map<String, String> parameters(String header) {
    if (header.length() > HEADER_CHARS_MAX) {
      throw new ActivityFailure.Unproven("the Signature header is too long");
    }
    Map<String, String> params = new HashMap<>();
    int at = 0;
    while (at < header.length()) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        throw unreadable();
      }
      String name = header.substring(at, equals).strip().toLowerCase(Locale.ROOT);
      int end;
      String value;
      if (equals + 1 < header.length() && header.charAt(equals + 1) == '"') {
        end = header.indexOf('"', equals + 2);
        if (end < 0) {
          throw unreadable();
        }
        value = header.substring(equals + 2, end);
        end++;
      } else {
        end = header.indexOf(',', equals);
        end = end < 0 ? header.length() : end;
        value = header.substring(equals + 1, end).strip();
      }
      if (!name.matches("[a-z]{1,16}") || params.putIfAbsent(name, value) != null) {
        throw unreadable();
      }
      while (end < header.length() && header.charAt(end) == ' ') {
        end++;
      }
      if (end < header.length() && header.charAt(end) != ',') {
        throw unreadable();
      }
      at = end + 1;
    }
    return params;
  }

  private static ActivityFailure unreadable() {
    return new ActivityFailure.Unproven("the Signature header cannot be read");
  }

  /** What we cover on requests with a body, and without. */
  static List<String> cover(boolean body) {
    return body
        ? Arrays.asList(REQUEST_TARGET, "host", "date", "digest", "content-type")
        : Arrays.asList(REQUEST_TARGET, "host", "date", "accept");
  }
}
