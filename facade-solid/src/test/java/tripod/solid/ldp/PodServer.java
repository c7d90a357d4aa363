package tripod.solid.ldp;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.Account;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Agent;
import tripod.identity.route.RequestPod;
import tripod.identity.token.SolidTokens;
import tripod.identity.token.Standing;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.RdfCodec;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.LocalGroups;
import tripod.solid.representation.RdfReader;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.WebId;

/** One pod, alice's, behind the Solid door on a free port; {@code Bearer name} says who asks. */
final class PodServer implements AutoCloseable {
  static final String BOB = "https://bob.example/card#me";

  private static final String ROOT_ACL =
      """
      @prefix acl: <http://www.w3.org/ns/auth/acl#>.
      <#owner> a acl:Authorization; acl:agent </profile/card#me>;
        acl:accessTo <./>; acl:default <./>; acl:mode acl:Read, acl:Write, acl:Control.
      """;

  final PodStore store;
  final PodNames names;
  private final Javalin javalin;
  private final HttpClient client = HttpClient.newHttpClient();

  private PodServer(PodStore store, PodNames names, Javalin javalin) {
    this.store = store;
    this.names = names;
    this.javalin = javalin;
  }

  static PodServer start(Projection... projections) {
    PodStore store = MemoryStores.open(InstantSource.system(), List.of(projections));
    PodId pod = store.nextPodId();
    RdfReader reader = new RdfReader();
    // The port is known once the server runs, and only the names need it.
    PodNames[] names = new PodNames[1];
    LdpDoor door =
        new LdpDoor(
            store,
            account -> names[0],
            new NamedAgents(() -> names[0]),
            new AccessGate(
                new AccessDecider(new LocalGroups(store, reader, host -> Optional.of(names[0])))),
            LdpDoor.Forms.of(new Lens(List.of(new NoteCodec(), new RdfCodec(NameBook.EMPTY)))));
    Account account = account(pod);
    Javalin javalin =
        Javalin.create(
                config -> {
                  config.startup.showJavalinBanner = false;
                  config.concurrency.useVirtualThreads = true;
                  config.http.maxRequestSize = Long.MAX_VALUE;
                  // As the real server has it: both once changed what files come back as.
                  config.http.defaultContentType = "text/plain; charset=utf-8";
                  config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(2));
                  for (String method :
                      List.of("GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE")) {
                    config.routes.addHttpHandler(
                        HandlerType.findOrCreate(method),
                        "*",
                        context -> {
                          RequestPod.set(context, account);
                          door.handle(context);
                        });
                  }
                })
            .start("127.0.0.1", 0);
    names[0] =
        new PodNames(
            pod,
            account.did(),
            account.handle(),
            URI.create("http://127.0.0.1:" + javalin.port()),
            "alice");
    store.create(pod, PodStore.JdbcWork.NONE, PodServer::furnish);
    return new PodServer(store, names[0], javalin);
  }

  private static boolean furnish(PodWriter writer) {
    writer.put(PodPath.ROOT, new Content.Container());
    writer.putAspect(
        PodPath.ROOT,
        Aspect.ACL,
        new Content.Document(MediaType.TURTLE, ROOT_ACL.getBytes(StandardCharsets.UTF_8)));
    return true;
  }

  private static Account account(PodId pod) {
    return new Account(
        pod,
        new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"),
        new Handle("alice.example"),
        "alice",
        "127.0.0.1",
        Optional.empty(),
        false,
        Account.State.ACTIVE,
        Instant.EPOCH,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns the IRI of a path. */
  String url(String path) {
    return names.origin() + path;
  }

  /** Sends a request; headers are names and values in turn. */
  HttpResponse<String> send(
      String who, String method, String path, @Nullable String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url(path)))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (!who.isEmpty()) {
      request.header("Authorization", "Bearer " + who);
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  int status(String who, String method, String path, @Nullable String body, String... headers) {
    return send(who, method, path, body, headers).statusCode();
  }

  HttpResponse<String> get(String who, String path, String... headers) {
    return send(who, "GET", path, null, headers);
  }

  HttpResponse<String> put(String who, String path, String turtle, String... headers) {
    String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
    all[headers.length] = "Content-Type";
    all[headers.length + 1] = "text/turtle";
    return send(who, "PUT", path, turtle, all);
  }

  HttpResponse<String> patch(String who, String path, String n3) {
    return send(
        who,
        "PATCH",
        path,
        "@prefix solid: <http://www.w3.org/ns/solid/terms#>. _:x a solid:InsertDeletePatch; "
            + n3
            + " .",
        "Content-Type",
        "text/n3");
  }

  /** Sends bytes as they are, and returns the status line of the answer. */
  String raw(String request) {
    try (Socket socket = new Socket("127.0.0.1", javalin.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] answer = new byte[64];
      int read = socket.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, read), StandardCharsets.ISO_8859_1)
          .lines()
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    javalin.stop();
    store.close();
  }

  /** Believes whatever name is said. */
  private record NamedAgents(java.util.function.Supplier<PodNames> alice) implements SolidTokens {
    @Override
    public String issue(PodId pod, String clientId, String thumbprint, Optional<String> grantId) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String idToken(
        PodId pod, String clientId, String thumbprint, String grantId, Optional<String> nonce) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Answer verify(
        @Nullable String authorization, List<String> proofs, String method, String url) {
      if (authorization == null) {
        return new Answer.Anonymous();
      }
      return switch (authorization) {
        case "Bearer alice" -> new Answer.Known(Agent.of(alice.get().webId()), Standing.FREE);
        case "Bearer bob" -> new Answer.Known(Agent.of(new WebId(BOB)), Standing.FREE);
        default -> new Answer.Refused("an unknown token", "DPoP error=\"invalid_token\"");
      };
    }

    @Override
    public boolean holds(Standing standing) {
      return true;
    }

    @Override
    public void onEnding(Runnable listener) {}

    @Override
    public String challenge() {
      return "DPoP algs=\"ES256\"";
    }
  }
}
