package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client asks for, checked.
 *
 * @param clientId who asks
 * @param dialect how
 * @param redirect where the answer goes
 * @param mode how it goes there
 * @param scopes what for, without what was not understood
 * @param state comes back with the answer
 * @param challenge of PKCE, S256
 * @param nonce comes back in the ID token
 * @param prompts what the person is to be asked
 * @param loginHint whom the client expects
 * @param thumbprint the key the tokens will be bound to, if it is known already
 */
record AuthorizationRequest(
    String clientId,
    Dialect dialect,
    String redirect,
    Mode mode,
    List<String> scopes,
    Optional<String> state,
    Optional<String> challenge,
    Optional<String> nonce,
    List<String> prompts,
    Optional<String> loginHint,
    Optional<String> thumbprint) {
  private static final ObjectMapper JSON = new ObjectMapper();

  AuthorizationRequest {
    scopes = List.copyOf(scopes);
    prompts = List.copyOf(prompts);
  }

  /** How an answer travels. */
  enum Mode {
    /** In the query. */
    QUERY,
    /** In the fragment. */
    FRAGMENT,
    /** In a form that the browser posts. */
    FORM_POST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns the request bound to a key. */
  AuthorizationRequest boundTo(String key) {
    return new AuthorizationRequest(
        clientId,
        dialect,
        redirect,
        mode,
        scopes,
        state,
        challenge,
        nonce,
        prompts,
        loginHint,
        Optional.of(key));
  }

  /** Writes it down. */
  String written() {
    ObjectNode json = JSON.createObjectNode();
    json.put("client", clientId);
    json.put("dialect", dialect.name());
    json.put("redirect", redirect);
    json.put("mode", mode.name());
    list(json.putArray("scopes"), scopes);
    list(json.putArray("prompts"), prompts);
    state.ifPresent(text -> json.put("state", text));
    challenge.ifPresent(text -> json.put("challenge", text));
    nonce.ifPresent(text -> json.put("nonce", text));
    loginHint.ifPresent(text -> json.put("hint", text));
    thumbprint.ifPresent(text -> json.put("jkt", text));
    return json.toString();
  }

  private static void list(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  /** Reads what was written down. */
  static AuthorizationRequest read(String written) {
    try {
      JsonNode json = JSON.readTree(written);
      return new AuthorizationRequest(
          json.path("client").asText(),
          Dialect.valueOf(json.path("dialect").asText()),
          json.path("redirect").asText(),
          Mode.valueOf(json.path("mode").asText()),
          texts(json.path("scopes")),
          text(json, "state"),
          text(json, "challenge"),
          text(json, "nonce"),
          texts(json.path("prompts")),
          text(json, "hint"),
          text(json, "jkt"));
    } catch (IOException e) {
      throw new IllegalStateException("a stored request does not read", e);
    }
  }

  private static Optional<String> text(JsonNode json, String name) {
    return Optional.ofNullable(json.path(name).textValue());
  }

  private static List<String> texts(JsonNode json) {
    List<String> texts = new ArrayList<>();
    json.forEach(one -> texts.add(one.asText()));
    return texts;
  }
}
