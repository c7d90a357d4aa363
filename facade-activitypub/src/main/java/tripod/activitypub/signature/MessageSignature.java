package tripod.activitypub.signature;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;

/**
 * Signatures of RFC 9421, in the profile of the fediverse: one label, no component parameters.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9421#section-2.5">RFC 9421, section 2.5</a>
 */
final class MessageSignature {
  private static final String LABEL = "sig1";

  private final SignatureWindow window;

  MessageSignature(SignatureWindow window) {
    this.window = window;
  }

  /** Takes a request's signature apart, and refuses it unless it covers what SEC-80 asks for. */
  SignatureParts read(SignedRequest request, String inputHeader, String signatureHeader) {
    SignatureInput.Entry entry = SignatureInput.first(inputHeader);
    byte[] signature = signature(signatureHeader, entry.label());
    List<String> covered = entry.components();
    if (covered.isEmpty() || new HashSet<>(covered).size() != covered.size()) {
      throw new ActivityFailure.Unproven("the list of components is empty or repeats one");
    }
    requireCover(request, covered, entry.parameters());
    String keyId = SignatureParams.need(entry.parameters(), "keyid");
    return new SignatureParts(
        keyId,
        Optional.ofNullable(entry.parameters().get("alg")).map(a -> a.toLowerCase(Locale.ROOT)),
        List.of(base(request, covered, entry.literal())),
        signature);
  }

  private void requireCover(
      SignedRequest request, List<String> covered, Map<String, String> params) {
    if (!covered.contains("@method")) {
      throw new ActivityFailure.Unproven("the signature does not cover @method");
    }
    boolean host = covered.contains("@authority") || covered.contains("host");
    boolean path =
        covered.contains("@request-target")
            || (covered.contains("@path")
                && (request.query().isEmpty() || covered.contains("@query")));
    if (!covered.contains("@target-uri") && !(host && path)) {
      throw new ActivityFailure.Unproven("the signature does not cover where the request goes");
    }
    String asked = request.header("host").orElse("").toLowerCase(Locale.ROOT);
    if (!asked.equals(request.authority())) {
      throw new ActivityFailure.Unproven("the Host is not the one that was asked");
    }
    window.requireCreated(SignatureParams.seconds(params, "created"));
    if (params.containsKey("expires")) {
      window.requireNotExpired(SignatureParams.seconds(params, "expires"));
    }
    if (request.body().length > 0) {
      if (!covered.contains("content-digest")) {
        throw new ActivityFailure.Unproven("the signature does not cover content-digest");
      }
      String digest =
          request
              .header("content-digest")
              .orElseThrow(() -> new ActivityFailure.Unproven("Content-Digest is missing"));
      Digests.requireContentDigest(digest, request.body());
    }
  }

  private static byte[] base(SignedRequest request, List<String> covered, String params) {
    List<String> lines = new ArrayList<>();
    for (String name : covered) {
      lines.add("\"" + name + "\": " + component(request, name));
    }
    lines.add("\"@signature-params\": " + params);
    return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
  }

  private static String component(SignedRequest request, String name) {
    return switch (name) {
      case "@method" -> request.method();
      case "@target-uri" -> request.target().toString();
      case "@authority" -> request.authority();
      case "@scheme" -> request.target().getScheme();
      case "@request-target" -> request.pathAndQuery();
      case "@path" -> request.path();
      case "@query" -> "?" + request.query().orElse("");
      default -> {
        if (name.startsWith("@")) {
          throw new ActivityFailure.Unproven("the component " + name + " is not known here");
        }
        yield request
            .header(name)
            .orElseThrow(() -> new ActivityFailure.Unproven("the header " + name + " is missing"));
      }
    };
  }

  /** Signs: returns the values of {@code Signature-Input} and {@code Signature}. */
  static Map<String, String> sign(
      SignedRequest request, List<String> covered, long createdSeconds, SigningKey key) {
    var params = new StringBuilder("(");
    for (String name : covered) {
      params.append(params.length() > 1 ? " " : "").append('"').append(name).append('"');
    }
    params
        .append(");created=")
        .append(createdSeconds)
        .append(";keyid=\"")
        .append(key.keyId())
        .append("\";alg=\"rsa-v1_5-sha256\"");
    byte[] signature = key.sign(base(request, covered, params.toString()));
    return Map.of(
        "signature-input",
        LABEL + "=" + params,
        "signature",
        LABEL + "=:" + Base64.getEncoder().encodeToString(signature) + ":");
  }

  /** What we cover on requests with a body, and without. */
  static List<String> cover(boolean body) {
    return body
        ? List.of("@method", "@target-uri", "content-digest")
        : List.of("@method", "@target-uri");
  }

  private static byte[] signature(String header, String label) {
    for (String part : header.split(",", -1)) {
      String entry = part.strip();
      if (entry.startsWith(label + "=:") && entry.endsWith(":")) {
        int from = label.length() + 2;
        return SignatureParams.bytes(entry.substring(from, Math.max(from, entry.length() - 1)));
      }
    }
    throw new ActivityFailure.Unproven("there is no signature with the label " + label);
  }
}
