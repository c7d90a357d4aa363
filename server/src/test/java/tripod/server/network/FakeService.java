package tripod.server.network;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import tripod.syntax.Did;

/** A service of the network on loopback: it answers as told and remembers what it was asked. */
final class FakeService implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** A request as it came; names of fields in lower case. */
  record Asked(String verb, String target, Map<String, String> fields, String body) {
    String claims() {
      String token = fields.get("authorization").substring("Bearer ".length());
      return new String(
          Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
    }
  }

  /** What is answered. */
  record Reply(int status, Map<String, String> fields, byte[] body) {
    static Reply json(int status, String body) {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          body.getBytes(StandardCharsets.UTF_8));
    }

    Reply with(String name, String value) {
      Map<String, String> more = new HashMap<>(fields);
      more.put(name, value);
      return new Reply(status, more, body);
    }

    Reply packed() {
      var packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return new Reply(status, fields, packed.toByteArray()).with("Content-Encoding", "gzip");
    }
  }

  FakeService() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    replies.put(
        "/.well-known/did.json",
        Reply.json(
            200,
            """
            {"id":"%s","service":[
              {"id":"#stub","type":"Stub","serviceEndpoint":"%s"},
              {"id":"%s#whole","type":"Stub","serviceEndpoint":"%s"},
              {"id":"#bsky_notif","type":"Notes","serviceEndpoint":"%s"},
              {"id":"#inside","type":"Stub","serviceEndpoint":"http://10.1.2.3"},
              {"id":"#nobody","type":"Stub","serviceEndpoint":"http://127.0.0.1:1"}]}
            """
                .formatted(did(), origin(), did(), origin(), origin())));
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  Did did() {
    return new Did("did:web:localhost%3A" + server.getAddress().getPort());
  }

  String named(String entry) {
    return did() + "#" + entry;
  }

  /** Answers a method from now on. */
  void on(String method, Reply reply) {
    replies.put("/xrpc/" + method, reply);
  }

  /** Returns what was asked last. */
  Asked last() {
    return asked.getLast();
  }

  /** Returns how often a method was asked. */
  long count(String method) {
    return asked.stream().filter(one -> one.target().startsWith("/xrpc/" + method)).count();
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Map<String, String> fields = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> fields.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    if (path.startsWith("/xrpc/")) {
      asked.add(
          new Asked(
              exchange.getRequestMethod(), exchange.getRequestURI().toString(), fields, body));
    }
    Reply reply =
        Optional.ofNullable(replies.get(path))
            .orElseGet(() -> Reply.json(404, "{\"error\":\"NotScripted\",\"message\":\"no\"}"));
    reply.fields().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(
        reply.status(), isHead || reply.body().length == 0 ? -1 : reply.body().length);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!isHead) {
        out.write(reply.body());
      }
    } catch (IOException e) {
      exchange.close(); // whoever asked may have had enough
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
