package tripod.server.wiring;

import io.javalin.websocket.WsConfig;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.jena.sys.JenaSystem;
import tripod.activitypub.ActivityPubFacade;
import tripod.activitypub.ActivityPubSettings;
import tripod.activitypub.SocialReading;
import tripod.activitypub.vocab.As2View;
import tripod.atproto.AtprotoFacade;
import tripod.console.ConsoleFacade;
import tripod.console.ConsoleSettings;
import tripod.console.Doors;
import tripod.console.Pods;
import tripod.console.oauth.Apps;
import tripod.console.post.PostWriter;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.LogMailer;
import tripod.identity.Mailer;
import tripod.identity.Secret;
import tripod.identity.access.AccessDecider;
import tripod.identity.did.PlcStream;
import tripod.identity.http.Cidr;
import tripod.identity.http.OutboundRules;
import tripod.identity.http.SmtpMailer;
import tripod.identity.key.MasterKey;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.RateLimiter;
import tripod.identity.route.Route;
import tripod.podstore.PodStore;
import tripod.podstore.Projection;
import tripod.podstore.access.VeiledStore;
import tripod.podstore.blob.BlobCollector;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Links;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Publication;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;
import tripod.server.doorway.Gatekeeping;
import tripod.server.doorway.HostRouter;
import tripod.server.doorway.ProblemPage;
import tripod.server.doorway.RouteTable;
import tripod.server.doorway.SocketGate;
import tripod.server.doorway.WebServer;
import tripod.solid.SolidFacade;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Everything that is at home, made in order: reads top to bottom like a recipe. */
final class Wiring implements AutoCloseable {
  /** Version of the software, as the protocols show it. */
  static final String VERSION = "0.1.0";

  private static final String LOOPBACK = "127.0.0.1";

  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<String> greeting = new ArrayList<>();
  private final AdminNote note;
  private final Path data;
  private boolean noted;

  private Wiring(AdminNote note, Path data) {
    this.note = note;
    this.data = data;
  }

  static Wiring start(Config config) {
    Logs.setUp();
    JenaSystem.init();
    SecureRandom random = new SecureRandom();
    String token = config.adminToken().orElseGet(() -> randomText(random));
    Wiring wiring = new Wiring(new AdminNote(loopback(config), token), config.data());
    try {
      wiring.open(config, Secret.of(token), random);
      return wiring;
    } catch (RuntimeException failure) {
      wiring.close();
      throw failure;
    }
  }

  private void open(Config config, Secret adminToken, SecureRandom random) {
    InstantSource clock = InstantSource.system();

    // What projections ask while they run, made before the store and filled in after it.
    Late<Accounts> accounts = new Late<>();
    Late<AccessDecider> decider = new Late<>();
    Late<PodKeys> keys = new Late<>();
    NameBook book = new HostNameBook(accounts);
    AclAccess readable = new AclAccess(decider);
    PublicGate gate = new PublicGate(readable);
    List<SocialCodec> codecs = new ArrayList<>(AtprotoFacade.codecs(book));
    codecs.addAll(ActivityPubFacade.codecs(book));
    RdfCodec turtle = new RdfCodec(book);
    codecs.add(turtle);
    Lens lens = new Lens(codecs);
    Function<PodId, Optional<PodNames>> names =
        pod -> accounts.find().flatMap(known -> known.byPod(pod).map(known::names));

    // The ground.
    AtprotoFacade.Repositories repositories =
        new AtprotoFacade.Repositories(
            lens, gate, readable, book, names, (pod, message) -> keys.get().signRepo(pod, message));
    List<Projection> projections = new ArrayList<>();
    projections.add(new Publication(lens, readable, names));
    projections.add(new Links(lens, names));
    projections.addAll(repositories.projections());
    SqlPodStore store = config.room().open(storeConfig(config), clock, projections);
    opened.add(store);
    BlobCollector collector = new BlobCollector(store.blobs());
    opened.add(collector);
    store.origins(pod -> names.apply(pod).map(PodNames::origin));

    // The rooms.
    IdentityRoom identity =
        IdentityRoom.open(
            identityConfig(config),
            new IdentityRoom.Ground(
                new StoreAsDatabase(store),
                new StorePods(store, new PodSetup(config.origin()), repositories::follow),
                MasterKey.inFolder(config.data(), random),
                outboundRules(config),
                adminToken,
                mailer(config, clock),
                new RemoteProfiles(),
                clock,
                random));
    opened.add(identity);
    accounts.set(identity.accounts());
    keys.set(identity.podKeys());
    decider.set(new AccessDecider(SolidFacade.groups(store, identity.accounts())));
    AtprotoFacade atproto =
        new AtprotoFacade(
            store,
            identity,
            repositories,
            lens,
            turtle,
            config.services().settings(VERSION),
            clock);
    opened.add(atproto);
    identity.findPermissionSetsWith(atproto.permissionSets());
    PodStore shown = new VeiledStore(store, new TakenDown(identity.takedowns()));
    SolidFacade solid =
        new SolidFacade(
            new SolidFacade.Needs(
                shown,
                identity.accounts(),
                identity.solidTokens(),
                decider.get(),
                lens,
                clock,
                random));
    opened.add(solid);
    ActivityPubFacade activityPub =
        new ActivityPubFacade(
            shown,
            ActivityPubFacade.Identity.of(identity),
            new SocialReading(lens, gate, decider.get(), book),
            new ActivityPubSettings(config.lab(), VERSION, config.lab()),
            clock,
            random);
    opened.add(activityPub);
    Secret code = Secret.of(randomText(random));
    ConsoleFacade console =
        new ConsoleFacade(
            new ConsoleSettings(identity.config(), config.lab(), code),
            identity.accounts(),
            new Pods(shown, lens, gate),
            new Doors(
                new DoorForms(lens, new As2View(book), book),
                PostWriter.throughPivot(shown, identity.accounts(), lens, turtle),
                request -> solid.door().handle(request)),
            new Apps(
                identity.authorizations(),
                identity.grants(),
                identity.sessions(),
                identity.appPasswords(),
                identity.clientCredentials()),
            clock,
            random);

    // The addresses.
    List<Route> routes = new ArrayList<>(identity.routes());
    routes.addAll(atproto.routes());
    routes.addAll(activityPub.routes());
    routes.addAll(solid.routes());
    routes.addAll(console.routes());
    routes.addAll(new AdminAccountRoutes(identity.accounts(), store).routes());
    routes.addAll(new PlainRoutes(identity.accounts(), config.origin()).routes());
    routes.addAll(new AdminReportRoutes(identity.reports()).routes());
    routes.addAll(new AdminRepoRoutes(identity.accounts(), atproto).routes());
    routes.addAll(
        new DoctorRoutes(
                store, identity.accounts(), identity.outbound(), config.origin(), config.plc())
            .routes());
    routes.addAll(new AdminBlobRoutes(identity.accounts(), store, collector).routes());
    if (config.lab()) {
      routes.addAll(new LabRoutes(store).routes());
    }
    HostRouter router =
        new HostRouter(
            config.lab() ? RouteTable.withAdmin(routes) : RouteTable.withoutAdmin(routes),
            HostRouter.hostName(config.origin().getAuthority()),
            config.lab(),
            new AccountHosts(identity.accounts(), identity.config().handleDomains()),
            solid.door(),
            new Gatekeeping(adminToken, identity.rateLimiter(), config.trustedProxies()));
    ProblemPage problems = console::problem;
    Map<String, Consumer<WsConfig>> websockets = new HashMap<>(atproto.websockets());
    websockets.putAll(solid.websockets());
    identity
        .directoryStream()
        .ifPresent(log -> PlcStream.PATHS.forEach(path -> websockets.put(path, log.endpoint())));
    WebServer web =
        WebServer.start(
            config.bind(),
            config.port(),
            problems.before(problems.insteadOf(router)),
            websockets,
            new SocketGate(
                atproto.upgrades(),
                router::isService,
                config.trustedProxies(),
                config.rateLimits()));
    opened.add(web);
    if (!config.lab()) {
      opened.add(adminListener(config, routes, problems, adminToken, clock));
    }
    identity.start();
    atproto.start();
    activityPub.start();
    collector.start();
    note.write(config.data());
    noted = true;
    greet(config, console, adminToken);
  }

  /** What is the host's own business, on loopback and a port of its own (SEC-96). */
  private static WebServer adminListener(
      Config config,
      List<Route> routes,
      ProblemPage problems,
      Secret adminToken,
      InstantSource clock) {
    HostRouter router =
        new HostRouter(
            RouteTable.withAdmin(routes),
            HostRouter.hostName(config.origin().getAuthority()),
            true,
            (request, host) -> false,
            request -> {},
            new Gatekeeping(adminToken, new RateLimiter(false, clock), 0));
    return WebServer.start(
        LOOPBACK,
        config.adminPort(),
        problems.before(router),
        Map.of(),
        new SocketGate(Map.of(), router::isService, 0, false));
  }

  private void greet(Config config, ConsoleFacade console, Secret adminToken) {
    if (!config.allowOutbound().isEmpty()) {
      greeting.add(
          "outgoing requests may reach " + String.join(", ", config.allowOutbound()) + " as well");
    }
    if (config.lab() && config.adminToken().isEmpty()) {
      greeting.add("admin token " + adminToken.reveal());
    }
    if (console.needsSetUp()) {
      greeting.add("make the first member at " + console.setUpAddress());
    }
  }

  private static OutboundRules outboundRules(Config config) {
    List<Cidr> ranges = config.allowOutbound().stream().map(Cidr::parse).toList();
    OutboundRules rules = ranges.isEmpty() ? OutboundRules.STRICT : OutboundRules.lab(ranges);
    return rules.withPartners(config.services().origins());
  }

  private static Mailer mailer(Config config, InstantSource clock) {
    return config
        .mail()
        .<Mailer>map(relay -> new SmtpMailer(relay, clock))
        .orElseGet(LogMailer::new);
  }

  private static StoreConfig storeConfig(Config config) {
    return config
        .storeUrl()
        .map(url -> new StoreConfig(url, config.data()))
        .orElseGet(() -> StoreConfig.sqlite(config.data()))
        .withPodBytesMax(config.room().podBytesMax());
  }

  private static IdentityConfig identityConfig(Config config) {
    return new IdentityConfig(
        config.origin(),
        config.memberDomains().stream().map(domain -> "." + domain).toList(),
        !config.lab(),
        config.plc(),
        config.lab(),
        config.rateLimits(),
        config.trustedProxies(),
        config.dns());
  }

  private static String loopback(Config config) {
    boolean sixth = config.lab() && config.bind().contains(":");
    return "http://" + (sixth ? "[::1]" : LOOPBACK) + ":" + config.adminPort();
  }

  private static String randomText(SecureRandom random) {
    byte[] bytes = new byte[24];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  List<String> greeting() {
    return List.copyOf(greeting);
  }

  AdminNote adminNote() {
    return note;
  }

  @Override
  public void close() {
    if (noted) { // a start that failed must not take away the note of the server that runs
      AdminNote.remove(data);
    }
    for (AutoCloseable one : opened.reversed()) {
      try {
        one.close();
      } catch (Exception failure) {
        // whatever one of them says, the others must be closed too, the store above all
        org.slf4j.LoggerFactory.getLogger(Wiring.class).warn("not closed cleanly", failure);
      }
    }
    opened.clear();
  }
}
