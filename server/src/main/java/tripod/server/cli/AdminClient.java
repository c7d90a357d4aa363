package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tripod.server.wiring.AdminNote;
import tripod.server.wiring.Running;

/**
 * Speaks to the server of a data folder over its loopback admin address; when none runs, one is
 * started inside this process for the time of the call, so that every verb has one way to do its
 * work.
 */
final class AdminClient implements AutoCloseable {
  private static final Duration WAIT = Duration.ofMinutes(30);

  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final AdminNote note;
  private final Optional<Running> own;

  private AdminClient(AdminNote note, Optional<Running> own) {
    this.note = note;
    this.own = own;
  }

  /** Finds the running server of the data folder, or starts one for the time of the verb. */
  static AdminClient open(Map<String, String> given) {
    Path data = Running.dataFolder(given, System.getenv());
    Optional<AdminNote> running = AdminNote.read(data);
    if (running.isPresent()) {
      AdminClient client = new AdminClient(running.get(), Optional.empty());
      if (client.answers()) {
        return client;
      }
    }
    Running started = Running.forAVerb(given, System.getenv());
    return new AdminClient(started.adminNote(), Optional.of(started));
  }

  /** Returns the path of an account, whatever its name is made of. */
  static String account(String name) {
    return "/api/admin/accounts/" + inUrl(name);
  }

  /** Returns a text as it may stand in a path or a query. */
  static String inUrl(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private boolean answers() {
    try {
      return http.send(
                  request("/xrpc/_health").timeout(Duration.ofSeconds(5)).GET().build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException gone) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Sends JSON and returns the JSON answer. */
  JsonNode send(String method, String path, Object body) {
    try {
      return read(
          request(path)
              .header("Content-Type", "application/json")
              .method(method, HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(body)))
              .build());
    } catch (IOException failed) {
      throw new IllegalStateException("the server did not answer: " + failed.getMessage(), failed);
    }
  }

  /** Reads a JSON answer. */
  JsonNode get(String path) {
    return read(request(path).GET().build());
  }

  /** Sends a file and returns the JSON answer. */
  JsonNode upload(String path, Path file, String type) {
    try {
      return read(
          request(path)
              .header("Content-Type", type)
              .POST(HttpRequest.BodyPublishers.ofFile(file))
              .build());
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(PlainWords.of(unreadable), unreadable);
    }
  }

  /** Saves an answer into a file. */
  void download(String path, Path file) {
    try {
      HttpResponse<InputStream> answer =
          http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(reason(answer.statusCode(), body.readAllBytes()));
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.copy(body, partial, StandardCopyOption.REPLACE_EXISTING);
        Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException failed) {
      throw new IllegalStateException("cannot save " + file + ": " + PlainWords.of(failed), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(note.address() + path))
        .timeout(WAIT)
        .header("Authorization", "Bearer " + note.token());
  }

  private JsonNode read(HttpRequest request) {
    try {
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(reason(answer.statusCode(), answer.body()));
      }
      return answer.body().length == 0 ? json.createObjectNode() : json.readTree(answer.body());
    } catch (IOException failed) {
      throw new IllegalStateException("the server did not answer: " + failed.getMessage(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  private String reason(int status, byte[] body) {
    String unexplained = "the server answered " + status;
    try {
      JsonNode told = json.readTree(body);
      return told.path("message")
          .asText(told.path("detail").asText(told.path("title").asText(unexplained)));
    } catch (IOException notJson) {
      return unexplained;
    }
  }

  @Override
  public void close() {
    own.ifPresent(Running::close);
    http.close();
  }
}
