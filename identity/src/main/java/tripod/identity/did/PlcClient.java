package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;
import tripod.syntax.Did;

/** A directory somewhere else. */
public final class PlcClient implements Plc {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final URI directory;
  private final OutboundHttp http;

  /** Talks to the directory at a URL. */
  public PlcClient(URI directory, OutboundHttp http) {
    String text = directory.toString();
    this.directory = URI.create(text.endsWith("/") ? text : text + "/");
    this.http = http;
  }

  @Override
  public Optional<JsonNode> document(Did did) {
    return get(did, "");
  }

  @Override
  public Optional<JsonNode> data(Did did) {
    return get(did, "/data");
  }

  @Override
  public Optional<JsonNode> last(Did did) {
    return get(did, "/log/last");
  }

  @Override
  public JsonNode auditLog(Did did) {
    return get(did, "/log/audit").orElseGet(JsonNodeFactory.instance::arrayNode);
  }

  @Override
  public void submit(Did did, JsonNode operation) {
    OutboundResponse answer =
        send(
            OutboundRequest.post(
                uri(did, ""),
                "application/json",
                operation.toString().getBytes(StandardCharsets.UTF_8),
                OutboundRequest.Limit.METADATA));
    if (answer.status() >= 400 && answer.status() < 500) {
      throw new IdentityFailure.Invalid("the directory refused: " + message(answer));
    }
    if (!answer.isSuccess()) {
      throw new IdentityFailure.Unavailable("the directory answered " + answer.status());
    }
  }

  @Override
  public List<Exported> export(Instant after, int count) {
    URI uri = directory.resolve("./export?count=" + count + "&after=" + MILLIS.format(after));
    OutboundResponse answer = send(OutboundRequest.get(uri, OutboundRequest.Limit.PROXY));
    if (!answer.isSuccess()) {
      throw new IdentityFailure.Unavailable("the directory answered " + answer.status());
    }
    List<Exported> lines = new ArrayList<>();
    for (String line : answer.text().lines().toList()) {
      if (!line.isBlank() && lines.size() < count) {
        lines.add(exported(line));
      }
    }
    return lines;
  }

  private static Exported exported(String line) {
    try {
      if (DepthScan.isShallow(line.getBytes(StandardCharsets.UTF_8))) {
        JsonNode json = JSON.readTree(line);
        String did = json.path("did").asText("");
        if (Did.isValid(did)) {
          return new Exported(
              new Did(did),
              json.path("cid").asText(""),
              Instant.parse(json.path("createdAt").asText("")),
              json.path("operation"));
        }
      }
    } catch (IOException | DateTimeParseException e) {
      throw new IdentityFailure.Unavailable("the directory's log does not read", e);
    }
    throw new IdentityFailure.Unavailable("the directory's log does not read");
  }

  private Optional<JsonNode> get(Did did, String path) {
    OutboundResponse answer =
        send(OutboundRequest.get(uri(did, path), OutboundRequest.Limit.METADATA));
    if (answer.status() == 404) {
      return Optional.empty();
    }
    if (answer.status() == 410) {
      throw new IdentityFailure.Gone("DID not available: " + did);
    }
    if (!answer.isSuccess()) {
      throw new IdentityFailure.Unavailable("the directory answered " + answer.status());
    }
    return Optional.of(
        json(answer)
            .orElseThrow(() -> new IdentityFailure.Unavailable("the directory sent no JSON")));
  }

  private URI uri(Did did, String path) {
    return directory.resolve("./" + did + path);
  }

  private OutboundResponse send(OutboundRequest request) {
    try {
      return http.send(request);
    } catch (OutboundFailure e) {
      throw new IdentityFailure.Unavailable("the directory cannot be reached", e);
    }
  }

  private static String message(OutboundResponse answer) {
    String message = json(answer).map(body -> body.path("message").asText("")).orElse("");
    return message.isEmpty()
        ? "status " + answer.status()
        : message.substring(0, Math.min(200, message.length()));
  }

  private static Optional<JsonNode> json(OutboundResponse answer) {
    if (!DepthScan.isShallow(answer.body())) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readTree(answer.body()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
