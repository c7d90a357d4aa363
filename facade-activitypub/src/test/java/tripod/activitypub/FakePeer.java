package tripod.activitypub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyPair;
import java.security.Signature;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.signature.RequestSigner;
import tripod.activitypub.signature.SignatureScheme;
import tripod.activitypub.signature.SigningKey;
import tripod.activitypub.signature.TestKeys;

/** Another server with actors of its own, that does exactly as it is told. */
final class FakePeer implements AutoCloseable {
  private static final long PATIENCE_MS = 15_000;

  private final HttpServer server;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();
  private final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private final List<String> fetches = new CopyOnWriteArrayList<>();
  private final AtomicInteger sequence = new AtomicInteger();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Object news = new Object();
  private volatile int status = 202;

  record Document(int status, String type, byte[] body) {}

  record Delivery(int status, String path, Map<String, List<String>> headers, ObjectNode json) {
    String type() {
      return json.path("type").asText();
    }
  }

  FakePeer() {
    try {
      server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answerWith(int next) {
    status = next;
  }

  /** Adds an actor and returns its id. */
  String actor(String name) {
    return actor(name, TestKeys.rsa());
  }

  String actor(String name, KeyPair key) {
    String id = origin() + "/users/" + name;
    ObjectNode actor = ActivityJson.object();
    actor.putArray("@context").add(As2.CONTEXT).add(As2.SECURITY_CONTEXT);
    actor.put("id", id).put("type", "Person").put("preferredUsername", name);
    actor.put("inbox", id + "/inbox").put("outbox", id + "/outbox");
    actor.putObject("endpoints").put("sharedInbox", origin() + "/inbox");
    actor
        .putObject("publicKey")
        .put("id", id + "#main-key")
        .put("owner", id)
        .put("publicKeyPem", TestKeys.pem(key.getPublic()));
    actor
        .putArray("assertionMethod")
        .addObject()
        .put("id", id + "#ed")
        .put("type", "Multikey")
        .put("controller", id)
        .put("publicKeyMultibase", TestKeys.multibase(TestKeys.ed25519().getPublic()));
    serve("/users/" + name, actor);
    return id;
  }

  void serve(String path, JsonNode document) {
    serve(path, 200, As2.ACTIVITY_JSON, document);
  }

  void serve(String path, int code, String type, JsonNode document) {
    documents.put(path, new Document(code, type, ActivityJson.write(document)));
  }

  void forget(String path) {
    documents.remove(path);
  }

  String newId(String kind) {
    return origin() + "/" + kind + "/" + sequence.incrementAndGet();
  }

  ObjectNode activity(String actor, String type) {
    ObjectNode activity = ActivityJson.object();
    activity.put("@context", As2.CONTEXT);
    activity.put("id", newId(type.toLowerCase(java.util.Locale.ROOT)));
    activity.put("type", type).put("actor", actor);
    return activity;
  }

  ObjectNode note(String actor, String content) {
    ObjectNode note = ActivityJson.object();
    note.put("id", newId("notes")).put("type", "Note");
    note.put("attributedTo", actor).put("content", content);
    note.putArray("to").add(As2.PUBLIC);
    return note;
  }

  ObjectNode create(String actor, ObjectNode note) {
    ObjectNode create = activity(actor, "Create");
    create.putArray("to").add(As2.PUBLIC);
    create.set("object", note);
    return create;
  }

  SigningKey key(String actor) {
    return key(actor + "#main-key", TestKeys.rsa());
  }

  static SigningKey key(String keyId, KeyPair pair) {
    return new SigningKey(
        keyId,
        data -> {
          try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(data);
            return signature.sign();
          } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** Sends an activity, signed by its actor, and returns the status. */
  int send(TestHost host, String inbox, JsonNode activity) {
    return send(host, inbox, ActivityJson.write(activity), key(activity.path("actor").asText()));
  }

  int send(TestHost host, String inbox, byte[] body, SigningKey key) {
    return send(
        host,
        inbox,
        body,
        new RequestSigner(InstantSource.system())
            .post(SignatureScheme.CAVAGE, URI.create(inbox), body, key));
  }

  /** Sends bytes with headers as they are. */
  int send(TestHost host, String inbox, byte[] body, Map<String, String> headers) {
    URI uri = URI.create(inbox);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + uri.getRawPath()))
            .header("Host", uri.getRawAuthority())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return exchange(request.build()).statusCode();
  }

  HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for a delivery that was taken. */
  Optional<Delivery> await(Predicate<Delivery> test) {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    synchronized (news) {
      while (true) {
        Optional<Delivery> found =
            deliveries.stream().filter(d -> d.status() < 300 && test.test(d)).findFirst();
        long left = end - System.currentTimeMillis();
        if (found.isPresent() || left <= 0) {
          return found;
        }
        try {
          news.wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  /** Waits for a delivery that was refused. */
  boolean awaitRefused(Predicate<Delivery> test) {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    synchronized (news) {
      while (deliveries.stream().noneMatch(d -> d.status() >= 300 && test.test(d))) {
        long left = end - System.currentTimeMillis();
        if (left <= 0) {
          return false;
        }
        try {
          news.wait(left);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return true;
  }

  List<Delivery> deliveries() {
    return deliveries;
  }

  List<String> fetches() {
    return fetches;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (exchange.getRequestMethod().equals("POST")) {
        byte[] body = exchange.getRequestBody().readAllBytes();
        int answer = status;
        exchange.sendResponseHeaders(answer, -1);
        synchronized (news) {
          deliveries.add(
              new Delivery(
                  answer, path, Map.copyOf(exchange.getRequestHeaders()), ActivityJson.read(body)));
          news.notifyAll();
        }
        return;
      }
      fetches.add(path);
      Document document = documents.get(path);
      if (document == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", document.type());
      exchange.sendResponseHeaders(document.status(), document.body().length);
      exchange.getResponseBody().write(document.body());
    }
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }
}
