package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tripod.identity.IdentityFailure;
import tripod.identity.route.DepthScan;
import tripod.identity.route.PathParams;
import tripod.identity.route.Route;
import tripod.syntax.Did;

/**
 * The embedded directory over HTTP: under {@code /plc}, and at the root for paths that begin with a
 * did:plc, since the usual libraries drop a prefix from a directory's URL.
 *
 * @see <a href="https://web.plc.directory/api/redoc">The public directory's API</a>
 */
public final class PlcRoutes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DOCUMENT_TYPE = "application/did+ld+json";
  private static final String JSON_TYPE = "application/json";
  private static final String LINES_TYPE = "application/jsonlines";
  private static final long BODY_BYTES_MAX = 64 * 1024;
  private static final int EXPORT_DEFAULT = 1000;

  private final PlcDirectory directory;

  /** Answers for a directory. */
  public PlcRoutes(PlcDirectory directory) {
    this.directory = directory;
  }

  /** Returns the routes. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String root : List.of("/plc/{did}", "/{did}")) {
      routes.add(get(root, answering(DOCUMENT_TYPE, directory::document)));
      routes.add(get(root + "/data", answering(JSON_TYPE, directory::data)));
      routes.add(get(root + "/log", answering(JSON_TYPE, did -> log(directory.operations(did)))));
      routes.add(
          get(root + "/log/audit", answering(JSON_TYPE, did -> log(directory.auditLog(did)))));
      routes.add(get(root + "/log/last", answering(JSON_TYPE, directory::last)));
      routes.add(
          Route.post(
              Route.HostKind.SERVICE,
              root,
              Route.Access.OPEN,
              BODY_BYTES_MAX,
              Route.RateClass.SIGN_UP,
              this::submit));
    }
    for (String path : List.of("/plc/export", "/export")) {
      routes.add(get(path, this::export));
    }
    routes.add(get("/plc/_health", request -> answer(request, 200, "version", "tripod")));
    return routes;
  }

  private static Route get(String path, Handler handler) {
    return Route.get(Route.HostKind.SERVICE, path, handler);
  }

  private static Optional<JsonNode> log(JsonNode operations) {
    return operations.isEmpty() ? Optional.empty() : Optional.of(operations);
  }

  private static Handler answering(String type, Function<Did, Optional<JsonNode>> question) {
    return request -> {
      Optional<Did> did = did(request);
      if (did.isEmpty()) {
        refuse(request, 404, "Not Found");
        return;
      }
      try {
        Optional<JsonNode> found = question.apply(did.get());
        if (found.isPresent()) {
          request.contentType(type).result(found.get().toString());
        } else {
          refuse(request, 404, "DID not registered: " + did.get());
        }
      } catch (IdentityFailure.Gone e) {
        refuse(request, 410, e.getMessage());
      }
    };
  }

  private void submit(Context request) {
    Optional<Did> did = did(request);
    if (did.isEmpty()) {
      refuse(request, 404, "Not Found");
      return;
    }
    byte[] body = request.bodyAsBytes();
    try {
      JsonNode operation = DepthScan.isShallow(body) ? JSON.readTree(body) : null;
      if (operation == null) {
        refuse(request, 400, "Not a valid operation");
        return;
      }
      directory.submit(did.get(), operation);
      request.contentType("text/plain").result("OK");
    } catch (IOException e) {
      refuse(request, 400, "Not a valid operation: no JSON");
    } catch (IdentityFailure.Invalid e) {
      refuse(request, 400, e.getMessage());
    }
  }

  private void export(Context request) {
    String after = Optional.ofNullable(request.queryParam("after")).orElse("0");
    int count = EXPORT_DEFAULT;
    List<ObjectNode> lines;
    try {
      String wanted = request.queryParam("count");
      count = wanted == null ? count : Integer.parseInt(wanted);
      if (count < 1) {
        throw new NumberFormatException("count " + count);
      }
      lines =
          after.chars().allMatch(Character::isDigit) && !after.isEmpty()
              ? sequenced(directory.export(Long.parseLong(after), count))
              : timed(directory.exportSince(Instant.parse(after), count));
    } catch (NumberFormatException | DateTimeParseException e) {
      refuse(request, 400, "Invalid count or after parameter");
      return;
    }
    request
        .contentType(LINES_TYPE)
        .result(lines.stream().map(ObjectNode::toString).collect(Collectors.joining("\n")));
  }

  static List<ObjectNode> sequenced(List<ObjectNode> lines) {
    lines.forEach(
        line -> {
          line.remove("nullified");
          line.put("type", "sequenced_op");
        });
    return lines;
  }

  private static List<ObjectNode> timed(List<ObjectNode> lines) {
    lines.forEach(line -> line.remove("seq"));
    return lines;
  }

  private static Optional<Did> did(Context request) {
    String text = PathParams.of(request, "did");
    return Did.isValid(text) && text.startsWith("did:plc:") && new Did(text).isBlessed()
        ? Optional.of(new Did(text))
        : Optional.empty();
  }

  private static void refuse(Context request, int status, @Nullable String message) {
    answer(request, status, "message", message == null ? "refused" : message);
  }

  private static void answer(Context request, int status, String field, String value) {
    request
        .status(status)
        .contentType(JSON_TYPE)
        .result(JsonNodeFactory.instance.objectNode().put(field, value).toString());
  }
}
