package tripod.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A member of a lab server who can write and read at all three doors, as programs of strangers do:
 * over HTTP, with each door's own tokens.
 *
 * <p>Host names below {@code .localhost} are dialled as {@code localhost} with the pod's name in
 * the {@code Host} field. Safe between threads.
 */
public final class LabMember {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http;
  private final URI service;
  private final JsonNode account;
  private final ProofKey key;
  private volatile String access = "";
  private volatile String bearer = "";
  private volatile String solid = "";

  private LabMember(HttpClient http, URI service, JsonNode account, ProofKey key) {
    this.http = http;
    this.service = service;
    this.account = account;
    this.key = key;
  }

  /** Makes an account through the admin interface and signs in at every door. */
  public static LabMember create(
      HttpClient http, URI service, String adminToken, String name, Supplier<Date> now) {
    JsonNode account =
        json(
            exchange(
                http,
                HttpRequest.newBuilder(service.resolve("/api/admin/accounts"))
                    .timeout(PATIENCE)
                    .header("Authorization", "Bearer " + adminToken)
                    .header("Content-Type", "application/json")
                    .POST(body(Map.of("name", name, "password", password(name))))
                    .build()));
    LabMember member = new LabMember(http, service, account, new ProofKey(now));
    member.signIn();
    return member;
  }

  private static String password(String name) {
    return "a long passphrase of " + name;
  }

  /** Gets fresh tokens at all doors; the account and its client secret stay. */
  public void signIn() {
    access =
        json(post(
                "/xrpc/com.atproto.server.createSession",
                Map.of("identifier", did(), "password", password(name()))))
            .path("accessJwt")
            .asText();
    bearer = token("activitypub", false);
    solid = token("webid", true);
  }

  private String token(String scope, boolean proved) {
    String id = account.path("clientId").asText();
    String secret = account.path("clientSecret").asText();
    URI endpoint = service.resolve("/oauth/token");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header(
                "Authorization",
                "Basic "
                    + Base64.getEncoder()
                        .encodeToString(
                            (encoded(id) + ":" + encoded(secret)).getBytes(StandardCharsets.UTF_8)))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "grant_type=client_credentials&scope=" + scope));
    if (proved) {
      request.header("DPoP", key.proof("POST", endpoint.toString(), ""));
    }
    return json(exchange(http, request.build())).path("access_token").asText();
  }

  /** Returns the member's DID. */
  public String did() {
    return account.path("did").asText();
  }

  /** Returns the member's handle. */
  public String handle() {
    return account.path("handle").asText();
  }

  /** Returns the ActivityPub actor id. */
  public String actor() {
    return account.path("actor").asText();
  }

  /** Returns the storage root, with a trailing slash. */
  public String storage() {
    return account.path("storage").asText();
  }

  private String name() {
    String handle = handle();
    return handle.substring(0, handle.indexOf('.'));
  }

  /** Calls an XRPC procedure with the member's token. */
  public HttpResponse<byte[]> procedure(String nsid, Map<String, ?> input) {
    return exchange(
        http,
        HttpRequest.newBuilder(service.resolve("/xrpc/" + nsid))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + access)
            .header("Content-Type", "application/json")
            .POST(body(input))
            .build());
  }

  /** Calls an XRPC query without a token. */
  public HttpResponse<byte[]> query(String nsid, String parameters) {
    return exchange(
        http,
        HttpRequest.newBuilder(service.resolve("/xrpc/" + nsid + "?" + parameters))
            .timeout(PATIENCE)
            .GET()
            .build());
  }

  /** Uploads a blob through XRPC. */
  public HttpResponse<byte[]> upload(byte[] bytes) {
    return exchange(
        http,
        HttpRequest.newBuilder(service.resolve("/xrpc/com.atproto.repo.uploadBlob"))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + access)
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build());
  }

  /** Posts an activity or object to the member's outbox. */
  public HttpResponse<byte[]> outbox(Map<String, ?> activity) {
    return exchange(
        http,
        at(actor() + "/outbox")
            .header("Authorization", "Bearer " + bearer)
            .header("Content-Type", "application/activity+json")
            .POST(body(activity))
            .build());
  }

  /** Sends a Solid request as the owner. */
  public HttpResponse<byte[]> solid(
      String method, String url, String content, String type, String... fields) {
    HttpRequest.Builder request =
        at(url)
            .header("Authorization", "DPoP " + solid)
            .header("DPoP", key.proof(method, url, solid))
            .method(
                method,
                content.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(content));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    for (int i = 0; i + 1 < fields.length; i += 2) {
      request.header(fields[i], fields[i + 1]);
    }
    return exchange(http, request.build());
  }

  /** Reads an address as nobody in particular, in the form asked for. */
  public HttpResponse<byte[]> get(String url, String accept) {
    return exchange(http, at(url).header("Accept", accept).GET().build());
  }

  /** Reads an admin address. */
  public HttpResponse<byte[]> admin(String path, String adminToken) {
    return exchange(
        http,
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + adminToken)
            .GET()
            .build());
  }

  /** Returns what the doors list of the member. */
  Listings listings() {
    return new Listings(this);
  }

  private HttpResponse<byte[]> post(String path, Map<String, ?> input) {
    return exchange(
        http,
        HttpRequest.newBuilder(service.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(body(input))
            .build());
  }

  /** Begins a request to a pod's host through loopback; needs the Host field to be settable. */
  private HttpRequest.Builder at(String url) {
    URI uri = URI.create(url);
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    service.getScheme()
                        + "://"
                        + service.getRawAuthority()
                        + uri.getRawPath()
                        + query))
            .timeout(PATIENCE);
    return uri.getRawAuthority().equals(service.getRawAuthority())
        ? request
        : request.header("Host", uri.getRawAuthority());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static HttpRequest.BodyPublisher body(Map<String, ?> value) {
    try {
      return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(value));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static HttpResponse<byte[]> exchange(HttpClient http, HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException gone) {
      throw new Gone(gone);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Gone(stopped);
    }
  }

  /**
   * Reads an answer as JSON.
   *
   * @throws IllegalStateException if the answer is not a success
   */
  public static JsonNode json(HttpResponse<byte[]> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          answer.request().method()
              + " "
              + answer.request().uri()
              + " answered "
              + answer.statusCode()
              + " "
              + text(answer));
    }
    try {
      return JSON.readTree(answer.body());
    } catch (IOException malformed) {
      throw new IllegalStateException(text(answer), malformed);
    }
  }

  /** Returns an answer's body as text. */
  public static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  /** The server went away during the call; whether it did its work is not known. */
  public static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(Exception cause) {
      super(cause);
    }
  }
}
