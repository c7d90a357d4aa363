package tripod.atproto;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.authority.Lexicons;
import tripod.atproto.authority.PublishedSets;
import tripod.atproto.record.DagCborCodec;
import tripod.atproto.repo.MstCache;
import tripod.atproto.repo.RecordSource;
import tripod.atproto.repo.RecordWriter;
import tripod.atproto.repo.RepoEvents;
import tripod.atproto.repo.RepoExport;
import tripod.atproto.repo.RepoImport;
import tripod.atproto.repo.RepoProjection;
import tripod.atproto.repo.RepoSigner;
import tripod.atproto.repo.SocialRecords;
import tripod.atproto.sync.Firehose;
import tripod.atproto.sync.JsonStream;
import tripod.atproto.sync.RelayCalls;
import tripod.atproto.xrpc.XrpcDoor;
import tripod.identity.AccountChange;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.Route;
import tripod.identity.scope.PermissionSets;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * The ATProto door: XRPC methods, repositories and the firehose.
 *
 * <p>What a store needs before it opens is a {@link Repositories}; the door itself stands on the
 * opened store.
 */
public final class AtprotoFacade implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AtprotoFacade.class);

  private final Firehose firehose;
  private final JsonStream stream;
  private final RelayCalls relays;
  private final Resync resync;
  private final List<Route> routes;
  private final RepoImport imports;
  private final RepoExport exports;
  private final Lexicons lexicons;

  /** What follows the commits of every pod. */
  public static final class Repositories {
    private final RepoProjection projection;
    private final RepoEvents events;
    private final AccountNews news;
    private final MstCache trees = new MstCache(MstCache.KEYS_MAX);

    /**
     * Makes it.
     *
     * @param lens all stored forms
     * @param gate what everything public must pass
     * @param readable whether everybody may read a path
     * @param names completes names in records that are computed
     * @param own what others call a pod; empty while the pod is still being made
     * @param signer signs a message with a pod's repository key; first asked when a pod is written
     */
    public Repositories(
        Lens lens,
        PublicGate gate,
        PublicGate.PubliclyReadable readable,
        NameBook names,
        Function<PodId, Optional<PodNames>> own,
        BiFunction<PodId, byte[], byte[]> signer) {
      RepoSigner signing = signer::apply;
      this.events = new RepoEvents(signing, trees);
      this.news = new AccountNews(events);
      RecordSource source = new SocialRecords(lens, gate, readable, new DagCborCodec(names), own);
      this.projection = new RepoProjection(source, signing, trees);
    }

    /** Returns the projections to register with the store, in order. */
    public List<Projection> projections() {
      return List.of(projection);
    }

    /**
     * Notes in a pod what becomes of its account and tells the network, within the write that
     * changes the account: begins the repository of a new one, stops it, wakes it, renames it.
     *
     * @param writer a write on the account's pod; of one that is removed, its last
     */
    public void follow(PodWriter writer, AccountChange change) {
      news.follow(writer, change);
    }
  }

  /** Returns the stored forms this door writes. */
  public static List<SocialCodec> codecs(NameBook names) {
    return List.of(new DagCborCodec(names));
  }

  /**
   * Opens the door.
   *
   * @param lens all stored forms
   * @param card the form of profile cards
   * @param settings what the host chose
   */
  public AtprotoFacade(
      PodStore store,
      IdentityRoom identity,
      Repositories repositories,
      Lens lens,
      SocialCodec card,
      AtprotoSettings settings,
      InstantSource clock) {
    RecordWriter records = new RecordWriter(lens, card);
    this.imports = new RepoImport(store, identity.accounts()::names, records);
    this.exports = new RepoExport(store, repositories.trees);
    this.lexicons = new Lexicons(store, identity, clock);
    this.firehose = new Firehose(store.journal(), clock, settings.stream().window());
    this.stream = new JsonStream(firehose);
    this.relays =
        new RelayCalls(
            identity.outbound(),
            clock,
            identity.config().origin().getAuthority(),
            settings.stream().relays());
    firehose.onNews(relays::onNews);
    this.resync = new Resync(store, identity.accounts(), repositories.events, relays, Resync::pace);
    List<Route> all =
        new ArrayList<>(
            new XrpcDoor(
                    new XrpcDoor.Parts(
                        store,
                        identity,
                        new XrpcDoor.RepoServices(
                            records,
                            repositories.events,
                            imports,
                            exports,
                            repositories.trees,
                            firehose::giveWay),
                        lexicons,
                        settings.upstreams(),
                        clock,
                        settings.version()))
                .routes());
    for (String path : List.of(Firehose.PATH, JsonStream.PATH)) {
      all.add(Route.get(Route.HostKind.SERVICE, path, AtprotoFacade::wantsUpgrade));
      all.add(
          Route.post(
              Route.HostKind.SERVICE,
              path,
              Route.Access.OPEN,
              0,
              Route.RateClass.READ,
              AtprotoFacade::wantsGet));
    }
    this.routes = List.copyOf(all);
  }

  /** Returns the permission sets that others published. */
  public PermissionSets permissionSets() {
    return new PublishedSets(lexicons);
  }

  private static void wantsGet(Context context) {
    context.header("Allow", "GET");
    refuse(context, 405);
  }

  private static void wantsUpgrade(Context context) {
    context.header("Upgrade", "websocket");
    refuse(context, 426);
  }

  private static void refuse(Context context, int status) {
    context.status(status);
    context.contentType("application/json");
    context.result("{\"error\":\"InvalidRequest\",\"message\":\"this method is a websocket\"}");
  }

  /** Returns the addresses of the door. */
  public List<Route> routes() {
    return routes;
  }

  /** Returns the websockets of the door, by path on the service's host. */
  public Map<String, Consumer<WsConfig>> websockets() {
    return Map.of(Firehose.PATH, firehose.endpoint(), JsonStream.PATH, stream.endpoint());
  }

  /** Returns what is to be settled before the upgrade to a websocket of the door, by path. */
  public Map<String, Handler> upgrades() {
    return Map.of(Firehose.PATH, Firehose::settleProtocol, JsonStream.PATH, JsonStream::check);
  }

  /**
   * Takes the records of an archive over into a pod's own repository, byte for byte, in one commit
   * that is no news to anybody.
   *
   * @param copy whether the archive may be another's; else it must be of the same identity, and
   *     records that it lacks are deleted
   * @throws PodFailure.Invalid when the archive is damaged, or another's
   */
  public Imported importCar(PodId pod, InputStream car, boolean copy) {
    // The operator vouches for the archive: its key may be long gone.
    RepoImport.Result result =
        copy ? imports.copy(pod, car) : imports.replace(pod, car, commit -> true);
    return new Imported(
        result.did(), result.root(), result.records(), result.written(), result.missingBlobs());
  }

  /**
   * What an import did.
   *
   * @param did whose archive it was
   * @param root the root of its tree
   * @param records how many records it has
   * @param written how many of them were not here as they are
   * @param missingBlobs how many blobs its records name which are not here
   */
  public record Imported(Did did, Cid root, int records, int written, int missingBlobs) {}

  /**
   * Writes a pod's repository as an archive.
   *
   * @throws PodFailure.NotFound when the pod has none
   */
  public void exportCar(PodId pod, OutputStream out) {
    exports.write(pod, out);
  }

  /** Asks the relays that are asked to listen what they know of this host. */
  public List<RelayView> relays() {
    return relays.views().stream()
        .map(
            view ->
                new RelayView(
                    view.relay(), view.asked(), view.seq(), view.accounts(), view.status()))
        .toList();
  }

  /**
   * What a relay knows of this host.
   *
   * @param relay its origin
   * @param asked when it last took our request; empty for not yet
   * @param seq the last frame it has seen; empty when it does not say
   * @param accounts how many accounts it knows here
   * @param status its word for this host, or what is wrong
   */
  public record RelayView(
      URI relay,
      Optional<Instant> asked,
      Optional<Long> seq,
      Optional<Long> accounts,
      String status) {}

  /** Returns the number of the last frame of the stream. */
  public long lastFrame() {
    return firehose.last();
  }

  /** Begins to send the firehose. */
  public void start() {
    firehose.start();
    relays.start();
    resync.start();
    LOG.debug("the firehose runs");
  }

  /** Stops the firehose. */
  @Override
  public void close() {
    lexicons.close();
    resync.close();
    relays.close();
    firehose.close();
  }
}
