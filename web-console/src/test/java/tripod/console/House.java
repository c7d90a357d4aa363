package tripod.console;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.console.post.PostForms;
import tripod.console.post.PostWriter;
import tripod.identity.Account;
import tripod.identity.IdentityConfig;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.route.PathParams;
import tripod.identity.route.RequestPod;
import tripod.identity.route.Route;
import tripod.identity.route.Route.HostKind;
import tripod.podstore.Aspect;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Handle;
import tripod.syntax.Nsid;
import tripod.syntax.PodNames;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/** The console with a real store behind it and hand-made doors beside it, on a free port. */
public final class House implements AutoCloseable {
  static final String CODE = "the-code-that-was-printed";
  static final String PASSWORD = "four words of nothing";
  static final String HANDED_OVER = "the Solid door took it";
  private static final Cid BLOCK = Cid.ofDagCbor(new byte[] {(byte) 0xa0});

  private final MovingClock clock = new MovingClock();
  private final PodStore store = MemoryStores.open(clock, List.of());
  private final FakeCodec codec = new FakeCodec();
  private final OpenAccounts accounts;
  private final ConsoleFacade facade;
  private final List<Route> routes;
  private final Javalin javalin;
  private final IdentityConfig config;

  /** Opens a house in the lab. */
  public static House lab() {
    return new House("http", true);
  }

  static House https() {
    return new House("https", false);
  }

  private House(String scheme, boolean openSignUp) {
    javalin =
        Javalin.create(
            options -> {
              options.startup.showJavalinBanner = false;
              options.startup.showOldJavalinVersionWarning = false;
              for (HandlerType method : List.of(HandlerType.GET, HandlerType.POST)) {
                options.routes.addHttpHandler(method, "*", this::route);
              }
            });
    javalin.start("127.0.0.1", 0);
    config =
        scheme.equals("http")
            ? IdentityConfig.lab(javalin.port())
            : new IdentityConfig(
                URI.create("https://localhost:" + javalin.port()),
                List.of(".localhost"),
                false,
                Optional.empty(),
                false,
                false,
                0,
                IdentityConfig.Dns.USUAL);
    accounts = new OpenAccounts(store, config);
    Lens lens = new Lens(List.of(codec));
    PublicGate gate = new PublicGate((view, path) -> view.get(path, Aspect.ACL).isEmpty());
    facade =
        new ConsoleFacade(
            new ConsoleSettings(config, openSignUp, Secret.of(CODE)),
            accounts,
            new Pods(store, lens, gate),
            new Doors(
                new Forms(lens),
                PostWriter.throughPivot(store, accounts, lens, codec),
                request -> request.status(404).contentType("text/plain").result(HANDED_OVER)),
            clock,
            new SecureRandom());
    routes = facade.routes();
  }

  private void route(Context request) throws Exception {
    String host = request.host();
    String name = host.substring(0, host.indexOf(':'));
    HostKind kind = name.equals("localhost") ? HostKind.SERVICE : HostKind.POD;
    if (kind == HostKind.POD) {
      RequestPod.set(request, accounts.byHost(name).orElseThrow());
    }
    for (Route route : routes) {
      Optional<Map<String, String>> match = match(route.path(), request.path());
      if (route.host() == kind
          && match.isPresent()
          && route.methods().contains(request.method().name())
          && (route.accepts().isEmpty() || wants(request, route))) {
        PathParams.set(request, match.get());
        route.handler().handle(request);
        return;
      }
    }
    if (!facade.problem(request, 404, "there is nothing at this address")) {
      request.status(404).result("no route");
    }
  }

  private static boolean wants(Context request, Route route) {
    String accept = request.header("Accept");
    return accept != null && route.accepts().stream().anyMatch(accept::contains);
  }

  private static Optional<Map<String, String>> match(String pattern, String path) {
    String[] wanted = pattern.split("/", -1);
    String[] actual = path.split("/", -1);
    Map<String, String> params = new HashMap<>();
    if (wanted.length != actual.length) {
      return Optional.empty();
    }
    for (int i = 0; i < wanted.length; i++) {
      if (wanted[i].startsWith("{")) {
        params.put(wanted[i].substring(1, wanted[i].length() - 1), actual[i]);
      } else if (!wanted[i].equals(actual[i])) {
        return Optional.empty();
      }
    }
    return Optional.of(params);
  }

  int port() {
    return javalin.port();
  }

  Browser browser() {
    return new Browser(javalin.port(), "localhost");
  }

  Browser browserOn(String name) {
    return new Browser(javalin.port(), name + ".localhost");
  }

  Account member(String name) {
    return accounts
        .create(
            NewAccount.of(new Handle(name + ".localhost"), Optional.empty(), Secret.of(PASSWORD)))
        .account();
  }

  Browser signedIn(String name) {
    Browser browser = browser();
    browser.fill(
        "/console/sign-in", "/console/sign-in", Map.of("name", name, "password", PASSWORD));
    return browser;
  }

  /** Puts a post as another door would. */
  PodPath put(Account account, Social social) {
    return store.write(
        account.pod(),
        writer -> {
          PodPath path = SocialPaths.POSTS.member(writer.rev().value());
          writer.put(path, codec.document(social));
          return path;
        });
  }

  Optional<Social> read(Account account, PodPath path) {
    return store.read(
        account.pod(),
        view -> view.get(path).flatMap(resource -> codec.read(resource, accounts.names(account))));
  }

  List<PodPath> posts(Account account) {
    return store.read(
        account.pod(),
        view -> {
          List<PodPath> paths = new ArrayList<>();
          view.members(SocialPaths.POSTS, Optional.empty(), true, 100)
              .forEach(resource -> paths.add(resource.path()));
          return paths;
        });
  }

  Tid rev(Account account, PodPath path) {
    return store.read(account.pod(), view -> view.get(path).orElseThrow().rev());
  }

  OpenAccounts accounts() {
    return accounts;
  }

  PodStore store() {
    return store;
  }

  List<Route> routes() {
    return routes;
  }

  void later(Duration time) {
    clock.now = clock.now.plus(time);
  }

  @Override
  public void close() {
    javalin.stop();
    store.close();
  }

  private static final class MovingClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-22T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }
  }

  private record Forms(Lens lens) implements PostForms {
    @Override
    public Optional<RecordForm> record(PodReader view, PodNames names, PodPath post) {
      return text(view, names, post)
          .filter(social -> social.audience() == tripod.podstore.social.Audience.PUBLIC)
          .map(
              social ->
                  new RecordForm(
                      "{\n  \"text\": \"" + social.text() + "\"\n}",
                      BLOCK,
                      AtUri.of(
                          names.did(),
                          new Nsid("app.bsky.feed.post"),
                          new RecordKey(post.name()))));
    }

    @Override
    public Optional<ObjectForm> object(PodReader view, PodNames names, PodPath post) {
      return text(view, names, post)
          .map(
              social ->
                  new ObjectForm(
                      "{\n  \"content\": \"<p>" + social.text() + "</p>\"\n}",
                      names.iri(post.value())));
    }

    @Override
    public Optional<GraphForm> graph(PodReader view, PodNames names, PodPath post) {
      return text(view, names, post)
          .map(
              social ->
                  new GraphForm(
                      "<> as:content \"" + social.text() + "\".", names.iri(post.value())));
    }

    private Optional<Social.Post> text(PodReader view, PodNames names, PodPath post) {
      return view.get(post)
          .flatMap(resource -> lens.read(resource, names))
          .filter(Social.Post.class::isInstance)
          .map(Social.Post.class::cast);
    }
  }
}
