package tripod.activitypub;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.jena.sys.JenaSystem;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.identity.Account;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Agent;
import tripod.identity.access.Groups;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.PathParams;
import tripod.identity.route.RequestPod;
import tripod.identity.route.Route;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Links;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Publication;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** This door alone, served on loopback over a store in memory, with members of that run. */
final class TestHost implements AutoCloseable {
  static {
    JenaSystem.init(); // before any class of it is touched in another order
  }

  private final int port;
  private final FakeIdentity identity;
  private final PodStore store;
  private final SocialReading reading;
  private final Javalin web;
  private final HttpClient client = HttpClient.newHttpClient();
  private ActivityPubFacade facade;

  TestHost(int port) {
    this.port = port == 0 ? freePort() : port;
    this.identity = new FakeIdentity(this.port, new LoopbackHttp());
    AccessDecider decider = new AccessDecider(Groups.NONE);
    PublicGate.PubliclyReadable readable =
        (view, path) ->
            identity
                .accounts()
                .byPod(view.pod())
                .map(
                    account ->
                        decider.allows(
                            identity.accounts().names(account),
                            view.acl(path).rules(),
                            Agent.ANYONE,
                            AccessMode.READ))
                .orElse(false);
    NameBook book = NameBook.EMPTY;
    List<SocialCodec> codecs = new ArrayList<>(ActivityPubFacade.codecs(book));
    codecs.add(new RdfCodec(book));
    Lens lens = new Lens(codecs);
    PublicGate gate = new PublicGate(readable);
    this.reading = new SocialReading(lens, gate, decider, book);
    this.store =
        MemoryStores.open(
            InstantSource.system(),
            List.of(new Publication(lens, readable, this::names), new Links(lens, this::names)));
    this.facade = facade();
    this.web = Javalin.create(config -> config.routes.before(this::route));
  }

  private ActivityPubFacade facade() {
    return new ActivityPubFacade(
        store,
        identity.shown(),
        reading,
        new ActivityPubSettings(true, "0.1.0", true),
        InstantSource.system(),
        new Random(1));
  }

  private Optional<PodNames> names(PodId pod) {
    return identity.accounts().byPod(pod).map(identity.accounts()::names);
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  TestHost start() {
    facade.start();
    web.start("127.0.0.1", port);
    return this;
  }

  /** Ends the worker as a crash would between two steps, and begins another over the same store. */
  void restartDoor() {
    facade.close();
    facade = facade();
    facade.start();
  }

  /** Ends the worker and leaves it ended. */
  void stopDoor() {
    facade.close();
  }

  PodStore store() {
    return store;
  }

  /** Returns the keys of what the worker noted as told. */
  List<String> notes() {
    return store.read(
        PodStore.HOST,
        view ->
            view
                .partition("ap.queue")
                .range("sent ".getBytes(UTF_8), "sent!".getBytes(UTF_8), false, 1_000)
                .stream()
                .map(Partition.Entry::text)
                .toList());
  }

  PodNames add(String name) {
    Account account = identity.add(store.nextPodId(), name);
    PodNames names = identity.accounts().names(account);
    store.create(
        account.pod(),
        PodStore.JdbcWork.NONE,
        pod -> {
          setUp(pod, names);
          return true;
        });
    return names;
  }

  private static void setUp(PodWriter pod, PodNames names) {
    pod.put(PodPath.ROOT, new Content.Container());
    acl(pod, PodPath.ROOT, false);
    acl(pod, SocialPaths.SOCIAL, true);
    for (PodPath container :
        List.of(
            SocialPaths.POSTS,
            SocialPaths.LIKES,
            SocialPaths.ANNOUNCES,
            SocialPaths.FOLLOWS,
            SocialPaths.BLOCKS,
            new PodPath("/inbox/"))) {
      pod.put(container, new Content.Container());
    }
    acl(pod, new PodPath("/profile/"), true);
    pod.put(
        SocialPaths.CARD,
        turtle(
            "<#me> a <http://xmlns.com/foaf/0.1/Person>; "
                + "<http://xmlns.com/foaf/0.1/name> \""
                + names.username()
                + "\" ."));
  }

  private static void acl(PodWriter pod, PodPath path, boolean open) {
    if (!path.isRoot()) {
      pod.put(path, new Content.Container());
    }
    String members = open ? "acl:default <./>; " : "";
    pod.putAspect(
        path,
        Aspect.ACL,
        turtle(
            "@prefix acl: <http://www.w3.org/ns/auth/acl#>.\n"
                + "@prefix foaf: <http://xmlns.com/foaf/0.1/>.\n"
                + "<#owner> a acl:Authorization; acl:agent </profile/card#me>; "
                + "acl:accessTo <./>; acl:default <./>; "
                + "acl:mode acl:Read, acl:Write, acl:Control.\n"
                + "<#public> a acl:Authorization; acl:agentClass foaf:Agent; "
                + "acl:accessTo <./>; "
                + members
                + "acl:mode acl:Read.\n"));
  }

  private static Content.Document turtle(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  int port() {
    return port;
  }

  String origin() {
    return "http://localhost:" + port;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Asks the service's own host. */
  HttpResponse<String> service(String path) {
    return exchange(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Host", "localhost:" + port)
            .build());
  }

  /** Asks for an ActivityStreams document of a member. */
  HttpResponse<String> get(PodNames names, String iri, String token) {
    return exchange(request(names, iri, token).header("Accept", As2.ACTIVITY_JSON).build());
  }

  /** Posts to a member's outbox. */
  HttpResponse<String> post(PodNames names, JsonNode activity, String token) {
    return exchange(
        request(names, names.actor() + "/outbox", token)
            .header("Content-Type", As2.ACTIVITY_JSON)
            .POST(HttpRequest.BodyPublishers.ofByteArray(ActivityJson.write(activity)))
            .build());
  }

  /** Posts as the member, expects a status, and returns where the activity is. */
  String outbox(PodNames names, JsonNode activity, int status) {
    HttpResponse<String> answer = post(names, activity, "token-" + names.username());
    if (answer.statusCode() != status) {
      throw new AssertionError(
          "expected " + status + ", was " + answer.statusCode() + " " + answer.body());
    }
    return answer.headers().firstValue("location").orElse("");
  }

  /** Posts a public note and returns its path. */
  String post(PodNames names, String content) {
    ObjectNode note = ActivityJson.object();
    note.put("type", "Note").put("content", content);
    note.putArray("to").add(As2.PUBLIC);
    note.putArray("cc").add(names.actor() + "/followers");
    String at = outbox(names, note, 201);
    return names.path(at.substring(0, at.indexOf('#'))).orElseThrow();
  }

  private HttpRequest.Builder request(PodNames names, String iri, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + port + names.path(iri).orElseThrow()))
            .header("Host", names.authority());
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A router of a few lines: host, path, method, and whether ActivityStreams is wanted. */
  private void route(Context request) throws Exception {
    String host = request.host() == null ? "" : request.host();
    String name = host.replaceAll(":[0-9]+$", "");
    Route.HostKind kind = Route.HostKind.SERVICE;
    if (!name.equals("localhost") && !name.startsWith("127.")) {
      Optional<Account> account = identity.accounts().byHost(name);
      if (account.isEmpty()) {
        request.status(421);
        request.skipRemainingHandlers();
        return;
      }
      RequestPod.set(request, account.get());
      kind = Route.HostKind.POD;
    }
    request.status(404);
    for (Route route : facade.routes()) {
      if (matches(route, kind, request)) {
        request.status(200);
        route.handler().handle(request);
        break;
      }
    }
    request.skipRemainingHandlers();
  }

  private static boolean matches(Route route, Route.HostKind kind, Context request) {
    if (route.host() != Route.HostKind.ANY && route.host() != kind) {
      return false;
    }
    if (!route.methods().contains(request.method().name())) {
      return false;
    }
    String accept = Optional.ofNullable(request.header("Accept")).orElse("");
    boolean wanted =
        route.accepts().isEmpty() || route.accepts().stream().anyMatch(accept::contains);
    String[] pattern = route.path().split("/", -1);
    String[] path = request.path().split("/", -1);
    if (!wanted || pattern.length != path.length) {
      return false;
    }
    Map<String, String> params = new HashMap<>();
    for (int i = 0; i < pattern.length; i++) {
      if (pattern[i].startsWith("{")) {
        params.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
      } else if (!pattern[i].equals(path[i])) {
        return false;
      }
    }
    PathParams.set(request, params);
    return true;
  }

  @Override
  public void close() {
    client.shutdownNow();
    web.stop();
    facade.close();
    store.close();
  }

  /** Asks loopback alone, and there not everything. */
  private static final class LoopbackHttp implements OutboundHttp {
    private final HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    @Override
    public OutboundResponse send(OutboundRequest request) {
      URI uri = request.uri();
      if (!uri.getHost().startsWith("127.") || uri.getHost().startsWith("127.66.")) {
        throw new OutboundFailure.Refused(uri.getHost() + " may not be asked");
      }
      HttpRequest.Builder call =
          HttpRequest.newBuilder(uri)
              .timeout(Duration.ofSeconds(5))
              .method(
                  request.method(),
                  request
                      .body()
                      .map(HttpRequest.BodyPublishers::ofByteArray)
                      .orElse(HttpRequest.BodyPublishers.noBody()));
      request.headers().forEach(field -> call.header(field.name(), field.value()));
      try {
        HttpResponse<byte[]> answer =
            client.send(call.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, List<String>> headers = new HashMap<>();
        answer
            .headers()
            .map()
            .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return new OutboundResponse(answer.statusCode(), uri, headers, answer.body());
      } catch (IOException e) {
        throw new OutboundFailure.Unreachable(uri.getHost() + " does not answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new OutboundFailure.Unreachable("interrupted", e);
      }
    }
  }

  /** Serves until it is ended, for the black-box checks: port as the one argument. */
  public static void main(String[] args) throws InterruptedException {
    try (TestHost host = new TestHost(Integer.parseInt(args[0]))) {
      host.start();
      host.add("alice");
      System.out.println("ready " + host.origin());
      Thread.currentThread().join();
    }
  }
}
