package tripod.solid.notify;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tripod.solid.ldp.Refusal;
import tripod.solid.representation.NestingScan;

/**
 * What a client asks a channel to be.
 *
 * @param topic IRI of the resource to hear of
 * @param state the state the client knows; a notice comes at once when it is another
 * @param rate shortest time between two notices
 * @param startAt no notice before
 * @param endAt the channel ends then
 * @param turtle whether notices are to be Turtle
 */
record Wish(
    String topic,
    Optional<String> state,
    Optional<Duration> rate,
    Optional<Instant> startAt,
    Optional<Instant> endAt,
    boolean turtle) {
  private static final Set<String> CONTEXTS =
      Set.of(
          "https://www.w3.org/ns/solid/notifications-context/v1",
          "https://www.w3.org/ns/solid/notification/v1");
  private static final int TEXT_CHARS_MAX = 4096;
  private static final Duration RATE_MAX = Duration.ofDays(1);

  /**
   * Reads the body of a subscription as plain JSON; its context is known and not expanded.
   *
   * @throws Refusal with 400 when it is no JSON, with 422 when it asks for what is not offered
   */
  static Wish read(byte[] body) {
    NestingScan.json(body);
    JsonObject json;
    try (var reader = Json.createReader(new ByteArrayInputStream(body))) {
      json = reader.readObject();
    } catch (JsonException | IllegalStateException e) {
      throw new Refusal(400, "the body is not a JSON object");
    }
    if (!knowsContext(json.get("@context"))) {
      throw new Refusal(422, "the context is not that of Solid notifications");
    }
    String type = text(json, "type").or(() -> text(json, "@type")).orElse("");
    if (!type.equals(Notify.WEB_SOCKET)
        && !type.equals(Notify.NS + Notify.WEB_SOCKET)
        && !type.equals("notify:" + Notify.WEB_SOCKET)) {
      throw new Refusal(422, "this service makes channels of type " + Notify.WEB_SOCKET);
    }
    String accept = text(json, "accept").orElse("application/ld+json");
    return new Wish(
        text(json, "topic").orElseThrow(() -> new Refusal(422, "a channel needs one topic")),
        text(json, "state"),
        text(json, "rate").map(Wish::duration),
        text(json, "startAt").map(Wish::time),
        text(json, "endAt").map(Wish::time),
        accept.startsWith("text/turtle"));
  }

  private static boolean knowsContext(@Nullable JsonValue context) {
    return switch (context) {
      case JsonString one -> CONTEXTS.contains(one.getString());
      case JsonArray several -> several.stream().anyMatch(Wish::knowsContext);
      case null, default -> false;
    };
  }

  private static Optional<String> text(JsonObject json, String name) {
    JsonValue value = json.get(name);
    if (value instanceof JsonArray several && several.size() == 1) {
      value = several.getFirst();
    }
    if (value instanceof JsonObject object) {
      value = object.containsKey("id") ? object.get("id") : object.get("@id");
    }
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonString string) || string.getString().length() > TEXT_CHARS_MAX) {
      throw new Refusal(422, name + " must be one text");
    }
    return Optional.of(string.getString());
  }

  private static Duration duration(String text) {
    try {
      Duration rate = Duration.parse(text);
      if (rate.isNegative() || rate.compareTo(RATE_MAX) > 0) {
        throw new Refusal(422, "rate must be between 0 and a day");
      }
      return rate;
    } catch (DateTimeException e) {
      throw new Refusal(422, "rate must be a duration such as PT10S");
    }
  }

  private static Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new Refusal(422, "times must be like 2026-01-31T12:00:00Z");
    }
  }
}
