package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.identity.IdentityFailure;

/**
 * What somebody asks an identity to say from now on; what is not named stays as it is.
 *
 * @param rotationKeys the rotation keys
 * @param verificationMethods keys by name, empty to remove one
 * @param alsoKnownAs the other names
 * @param services services by name, empty to remove one
 */
record PlcWish(
    Optional<List<String>> rotationKeys,
    Map<String, Optional<String>> verificationMethods,
    Optional<List<String>> alsoKnownAs,
    Map<String, Optional<PlcState.Service>> services) {
  private static final String AT = "at://";

  PlcWish {
    rotationKeys = rotationKeys.map(List::copyOf);
    alsoKnownAs = alsoKnownAs.map(List::copyOf);
  }

  /**
   * Reads a wish.
   *
   * @throws IdentityFailure.Invalid if a field is of another kind
   */
  static PlcWish parse(JsonNode json) {
    Map<String, Optional<String>> methods = new LinkedHashMap<>();
    for (var field : map(json, "verificationMethods").entrySet()) {
      methods.put(field.getKey(), field.getValue().map(PlcWish::text));
    }
    Map<String, Optional<PlcState.Service>> services = new LinkedHashMap<>();
    for (var field : map(json, "services").entrySet()) {
      services.put(
          field.getKey(),
          field
              .getValue()
              .map(
                  service ->
                      new PlcState.Service(
                          text(service.path("type")), text(service.path("endpoint")))));
    }
    return new PlcWish(texts(json, "rotationKeys"), methods, texts(json, "alsoKnownAs"), services);
  }

  /**
   * Returns the state that follows.
   *
   * <p>Keys of others and services of others stay unless they are named, since moving house must
   * not cost a member their labeler, and a key that ranks above ours cannot be put down by us: only
   * its holder signs that (identity-byod.md, "wrong key list").
   *
   * @param ours this host's rotation key
   */
  PlcState applyTo(PlcState before, String ours) {
    Map<String, String> methods = new LinkedHashMap<>(before.verificationMethods());
    replace(methods, verificationMethods);
    Map<String, PlcState.Service> listed = new LinkedHashMap<>(before.services());
    replace(listed, services);
    return new PlcState(
        rotationKeys.map(keys -> ranked(before, ours, keys)).orElse(before.rotationKeys()),
        methods,
        alsoKnownAs.map(names -> named(before, names)).orElse(before.alsoKnownAs()),
        listed);
  }

  private static List<String> ranked(PlcState before, String ours, List<String> wanted) {
    int rank = before.rotationKeys().indexOf(ours);
    List<String> keys = new ArrayList<>(before.rotationKeys().subList(0, Math.max(0, rank)));
    wanted.stream().filter(key -> !keys.contains(key)).forEach(keys::add);
    return keys;
  }

  /** Names that are no handles belong to others: the member's web pages, say. */
  private static List<String> named(PlcState before, List<String> wanted) {
    List<String> names = new ArrayList<>(wanted);
    before.alsoKnownAs().stream()
        .filter(name -> !name.startsWith(AT) && !names.contains(name))
        .forEach(names::add);
    return names;
  }

  private static <T> void replace(Map<String, T> values, Map<String, Optional<T>> wanted) {
    wanted.forEach(
        (name, value) ->
            value.ifPresentOrElse(there -> values.put(name, there), () -> values.remove(name)));
  }

  private static Map<String, Optional<JsonNode>> map(JsonNode json, String name) {
    Map<String, Optional<JsonNode>> map = new LinkedHashMap<>();
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return map;
    }
    if (!value.isObject()) {
      throw new IdentityFailure.Invalid(name + " must be a map");
    }
    value
        .properties()
        .forEach(
            field ->
                map.put(
                    field.getKey(),
                    Optional.of(field.getValue()).filter(present -> !present.isNull())));
    return map;
  }

  private static Optional<List<String>> texts(JsonNode json, String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isArray()) {
      throw new IdentityFailure.Invalid(name + " must be a list");
    }
    List<String> texts = new ArrayList<>();
    value.forEach(member -> texts.add(text(member)));
    return Optional.of(texts);
  }

  private static String text(JsonNode value) {
    String text = value.textValue();
    if (text == null) {
      throw new IdentityFailure.Invalid("an identity is described in texts");
    }
    return text;
  }
}
