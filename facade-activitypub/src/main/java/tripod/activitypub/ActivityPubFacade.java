package tripod.activitypub;

import io.javalin.http.Handler;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import tripod.activitypub.activity.As2;
import tripod.activitypub.actor.ActorDocument;
import tripod.activitypub.actor.ActorKeys;
import tripod.activitypub.actor.GetActor;
import tripod.activitypub.actor.GetNoActor;
import tripod.activitypub.actor.GetServerActor;
import tripod.activitypub.actor.Profiles;
import tripod.activitypub.actor.RemoteActors;
import tripod.activitypub.delivery.Backoff;
import tripod.activitypub.delivery.Delivery;
import tripod.activitypub.delivery.DeliveryWorker;
import tripod.activitypub.inbox.Inbox;
import tripod.activitypub.inbox.PostInbox;
import tripod.activitypub.lab.LabRoutes;
import tripod.activitypub.object.GetMedia;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.outbox.GetInbox;
import tripod.activitypub.outbox.GetObject;
import tripod.activitypub.outbox.GetOutbox;
import tripod.activitypub.outbox.GetPeople;
import tripod.activitypub.outbox.PostOutbox;
import tripod.activitypub.reply.ActivityErrors;
import tripod.activitypub.signature.KnockMemory;
import tripod.activitypub.signature.RemoteDocuments;
import tripod.activitypub.signature.RemoteKeys;
import tripod.activitypub.signature.RequestSigner;
import tripod.activitypub.signature.SignatureVerifier;
import tripod.activitypub.signature.SignedHttp;
import tripod.activitypub.visitor.Readers;
import tripod.activitypub.visitor.Visitors;
import tripod.activitypub.vocab.As2Codec;
import tripod.activitypub.vocab.As2View;
import tripod.activitypub.webfinger.HostMeta;
import tripod.activitypub.webfinger.NodeInfo;
import tripod.activitypub.webfinger.WebFinger;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.Route;
import tripod.identity.token.BearerTokens;
import tripod.podstore.PodStore;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.SocialCodec;

/**
 * The ActivityPub door, put together: routes to be served, and a worker to be started and closed.
 */
public final class ActivityPubFacade implements AutoCloseable {
  private static final long SWEEP_HOURS = 6;
  private static final String ACTOR = "/actor";
  private static final String OBJECT = "/social/{kind}/{name}";

  private final PodStore store;
  private final InstantSource clock;
  private final Inbox inbox;
  private final DeliveryWorker worker;
  private final List<Route> routes;
  private @Nullable ScheduledFuture<?> sweep;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("ap-sweep").factory());

  /**
   * What of identity this door needs.
   *
   * @param config what identity knows of the host
   * @param accounts the members
   * @param podKeys what members' keys sign
   * @param hostKeys what the host's own key signs
   * @param tokens the tokens of programs that write through this door
   * @param outbound the one outgoing client
   */
  public record Identity(
      IdentityConfig config,
      Accounts accounts,
      PodKeys podKeys,
      HostKeys hostKeys,
      BearerTokens tokens,
      OutboundHttp outbound) {
    /** Takes it from the room that has it all. */
    public static Identity of(IdentityRoom room) {
      return new Identity(
          room.config(),
          room.accounts(),
          room.podKeys(),
          room.hostKeys(),
          room.bearerTokens(),
          room.outbound());
    }
  }

  /**
   * Makes the door.
   *
   * @param store where members' things are
   * @param identity accounts, keys, tokens and the one outgoing client
   * @param reading how social resources are read, and by whom they may be
   * @param settings what kind of host this is
   * @param clock the time
   * @param random spreads tries in time
   */
  public ActivityPubFacade(
      PodStore store,
      Identity identity,
      SocialReading reading,
      ActivityPubSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.store = store;
    this.clock = clock;
    Accounts accounts = identity.accounts();
    URI origin = identity.config().origin();
    ActorKeys keys = new ActorKeys(identity.podKeys(), identity.hostKeys(), origin, clock);
    SignedHttp http =
        new SignedHttp(identity.outbound(), new RequestSigner(clock), new KnockMemory());
    RemoteDocuments documents = new RemoteDocuments(http, keys::server);
    RemoteKeys remoteKeys = new RemoteKeys(documents, clock);
    RemoteActors remote = new RemoteActors(documents, clock);
    SignatureVerifier verifier = new SignatureVerifier(remoteKeys, clock);
    As2View view = new As2View(reading.book());
    ObjectView objects = new ObjectView(reading.lens(), reading.gate(), view::render);
    Profiles profiles = new Profiles(reading.lens());
    ActorDocument actors = new ActorDocument(keys, origin, view);
    Visitors visitors = new Visitors(verifier, identity.tokens());
    Readers readers = new Readers(reading.decider());
    this.inbox =
        new Inbox(
            store,
            accounts,
            objects,
            new Inbox.Peers(documents, remoteKeys, remote, verifier),
            origin);
    this.worker =
        Delivery.worker(
            store,
            accounts,
            new Delivery.Voice(objects, profiles, actors, keys),
            remote,
            http,
            settings.lab() ? Backoff.lab() : Backoff.real(),
            clock,
            random);
    List<Route> all = new ArrayList<>();
    all.addAll(discovery(accounts, origin, keys, settings));
    all.addAll(
        actor(
            new GetActor(store, accounts, actors, profiles),
            new GetServerActor(actors),
            new GetPeople(store, accounts, visitors, objects)));
    all.addAll(
        boxes(
            inbox.handlers(),
            new GetInbox(store, accounts, visitors, clock),
            new GetOutbox(store, accounts, objects),
            new PostOutbox(store, accounts, visitors, documents, objects, reading.lens())));
    all.addAll(objects(new GetObject(store, accounts, visitors, readers, objects)));
    GetMedia media = new GetMedia(store, accounts, readers, objects);
    all.add(get(Route.HostKind.POD, "/media/{cid}", media::handle));
    if (settings.lab()) {
      all.addAll(new LabRoutes(store, accounts).routes());
    }
    this.routes = List.copyOf(all);
  }

  /** Returns the stored forms that this door reads and writes. */
  public static List<SocialCodec> codecs(NameBook book) {
    return List.of(new As2Codec(book));
  }

  /** Returns the addresses this door answers at. */
  public List<Route> routes() {
    return routes;
  }

  /** Starts delivering, from where the last run stopped. */
  public void start() {
    worker.start();
    sweep =
        sweeper.scheduleWithFixedDelay(
            () -> inbox.sweep(clock), SWEEP_HOURS, SWEEP_HOURS, TimeUnit.HOURS);
  }

  /** Stops delivering; nothing is lost. */
  @Override
  public void close() {
    ScheduledFuture<?> running = sweep;
    if (running != null) {
      running.cancel(true);
    }
    sweeper.shutdownNow();
    worker.close();
  }

  private List<Route> discovery(
      Accounts accounts, URI origin, ActorKeys keys, ActivityPubSettings settings) {
    NodeInfo nodeInfo =
        new NodeInfo(store, accounts, origin, settings.version(), settings.openSignUp());
    return List.of(
        get(
            Route.HostKind.ANY,
            "/.well-known/webfinger",
            new WebFinger(accounts, origin, keys.serverActor())),
        get(Route.HostKind.ANY, "/.well-known/host-meta", new HostMeta(accounts, origin)),
        get(Route.HostKind.ANY, "/.well-known/nodeinfo", nodeInfo::links),
        get(Route.HostKind.ANY, "/nodeinfo/2.0", nodeInfo::version20),
        get(Route.HostKind.ANY, "/nodeinfo/2.1", nodeInfo::version21));
  }

  private static List<Route> actor(GetActor actor, GetServerActor server, GetPeople people) {
    return List.of(
        get(Route.HostKind.SERVICE, ACTOR, server),
        get(Route.HostKind.POD, ACTOR, actor),
        get(Route.HostKind.POD, ACTOR, GetActor::page).accepting("text/html"),
        get(Route.HostKind.POD, "/{name}", new GetNoActor()).accepting(As2.ACTIVITY_JSON),
        get(Route.HostKind.POD, ACTOR + "/followers", people::followers),
        get(Route.HostKind.POD, ACTOR + "/following", people::following),
        get(Route.HostKind.POD, ACTOR + "/liked", people::liked),
        get(Route.HostKind.POD, ACTOR + "/featured", people::featured));
  }

  private static List<Route> boxes(
      PostInbox inbox, GetInbox received, GetOutbox outbox, PostOutbox post) {
    return List.of(
        Route.post(
            Route.HostKind.POD,
            ACTOR + "/inbox",
            Route.Access.TOKEN,
            PostInbox.BYTES_MAX,
            Route.RateClass.INBOX,
            ActivityErrors.guarded(inbox::personal)),
        Route.post(
            Route.HostKind.SERVICE,
            "/inbox",
            Route.Access.TOKEN,
            PostInbox.BYTES_MAX,
            Route.RateClass.INBOX,
            ActivityErrors.guarded(inbox::shared)),
        get(Route.HostKind.POD, ACTOR + "/inbox", received),
        get(Route.HostKind.POD, ACTOR + "/outbox", outbox),
        Route.post(
            Route.HostKind.POD,
            ACTOR + "/outbox",
            Route.Access.TOKEN,
            PostOutbox.BYTES_MAX,
            Route.RateClass.WRITE,
            ActivityErrors.guarded(post)));
  }

  private static List<Route> objects(GetObject objects) {
    return List.of(
        get(Route.HostKind.POD, OBJECT, objects::object).accepting(As2.ACTIVITY_JSON),
        get(Route.HostKind.POD, OBJECT + "/replies", objects::replies).accepting(As2.ACTIVITY_JSON),
        get(Route.HostKind.POD, OBJECT + "/likes", objects::likes).accepting(As2.ACTIVITY_JSON),
        get(Route.HostKind.POD, OBJECT + "/shares", objects::shares).accepting(As2.ACTIVITY_JSON));
  }

  private static Route get(Route.HostKind host, String path, Handler handler) {
    return new Route(
        host,
        Set.of("GET"),
        path,
        Set.of(),
        Route.Access.OPEN,
        0,
        Route.RateClass.READ,
        false,
        ActivityErrors.guarded(handler));
  }
}
