package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tripod.identity.route.DepthScan;

/**
 * The parameters of a request, by query, form or JSON.
 *
 * @param all values by name; empty values are as good as absent (RFC 6749 section 3.1)
 */
public record Params(Map<String, List<String>> all) {
  /** Largest body in bytes (atproto.md 5.4). */
  static final int BODY_BYTES_MAX = 100 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  public Params {
    all = Map.copyOf(all);
  }

  /** Reads the query. */
  public static Params ofQuery(Context request) {
    return new Params(request.queryParamMap());
  }

  /** Reads a body of a form or of JSON. */
  static Params ofBody(Context request) {
    byte[] bytes = bytes(request);
    String type = request.contentType();
    boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
    return json ? ofJson(json(bytes)) : ofForm(new String(bytes, StandardCharsets.UTF_8));
  }

  /** Reads a body that is a JSON object. */
  static JsonNode jsonBody(Context request) {
    return json(bytes(request));
  }

  private static byte[] bytes(Context request) {
    byte[] bytes;
    try (var in = request.bodyInputStream()) {
      bytes = in.readNBytes(BODY_BYTES_MAX + 1);
    } catch (IOException e) {
      throw new OAuthFailure("invalid_request", "the body did not arrive", e);
    }
    if (bytes.length > BODY_BYTES_MAX) {
      throw OAuthFailure.request("the body has over " + BODY_BYTES_MAX + " bytes");
    }
    return bytes;
  }

  private static JsonNode json(byte[] bytes) {
    try {
      JsonNode json = DepthScan.isShallow(bytes) ? JSON.readTree(bytes) : null;
      if (json != null && json.isObject()) {
        return json;
      }
    } catch (IOException e) {
      throw new OAuthFailure("invalid_request", "expected a JSON object", e);
    }
    throw OAuthFailure.request("expected a JSON object");
  }

  private static Params ofJson(JsonNode json) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    json.properties()
        .forEach(
            one -> {
              JsonNode value = one.getValue();
              if (value.isArray()) {
                List<String> texts = new ArrayList<>();
                value.forEach(text -> texts.add(text.asText("")));
                all.put(one.getKey(), List.of(String.join(" ", texts)));
              } else if (value.isValueNode() && !value.isNull()) {
                all.put(one.getKey(), List.of(value.asText("")));
              }
            });
    return new Params(all);
  }

  private static Params ofForm(String form) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    try {
      for (String pair : form.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
          String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
          all.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        }
      }
    } catch (IllegalArgumentException e) {
      throw new OAuthFailure("invalid_request", "the form cannot be read", e);
    }
    return new Params(all);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** Returns a parameter, which may be there once at most. */
  Optional<String> find(String name) {
    List<String> values = all.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw OAuthFailure.request(name + " came more than once");
    }
    return values.stream().filter(value -> !value.isEmpty()).findFirst();
  }

  /** Returns a parameter that must be there. */
  String get(String name) {
    return find(name).orElseThrow(() -> OAuthFailure.request("expected " + name));
  }
}
