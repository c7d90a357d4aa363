package tripod.server.wiring;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tripod.atproto.AtprotoFacade;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.LogMailer;
import tripod.identity.Secret;
import tripod.identity.access.AccessDecider;
import tripod.identity.http.OutboundRules;
import tripod.identity.key.MasterKey;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.Projection;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.Publication;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;
import tripod.syntax.Did;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * A host's store and identity over a folder, whose process can be made to die after any durable
 * step: from then on nothing reaches the disk and every call fails.
 */
final class KilledHost implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");

  /** Methods of the store after which something new is on the disk. */
  private static final Set<String> DURABLE = Set.of("create", "write", "drop", "change");

  final SqlPodStore disk;
  final IdentityRoom identity;
  private int stepsLeft = Integer.MAX_VALUE;
  private boolean isDead;

  /** What a process sees that is no more. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  KilledHost(Path folder) {
    SecureRandom random = new SecureRandom();
    InstantSource clock = InstantSource.fixed(NOW);
    Late<Accounts> accounts = new Late<>();
    Late<AccessDecider> decider = new Late<>();
    Late<PodKeys> keys = new Late<>();
    AclAccess readable = new AclAccess(decider);
    PublicGate gate = new PublicGate(readable);
    NameBook book = new HostNameBook(accounts);
    List<SocialCodec> codecs = new ArrayList<>(AtprotoFacade.codecs(book));
    codecs.add(new RdfCodec(book));
    Lens lens = new Lens(codecs);
    Function<PodId, Optional<PodNames>> names =
        pod -> accounts.find().flatMap(known -> known.byPod(pod).map(known::names));
    AtprotoFacade.Repositories repositories =
        new AtprotoFacade.Repositories(
            lens, gate, readable, book, names, (pod, message) -> keys.get().signRepo(pod, message));
    List<Projection> projections = new ArrayList<>();
    projections.add(new Publication(lens, readable, names));
    projections.addAll(repositories.projections());
    disk = SqlPodStore.open(StoreConfig.sqlite(folder), clock, projections);
    PodStore mortal = mortal(PodStore.class, disk);
    identity =
        IdentityRoom.open(
            IdentityConfig.lab(8080),
            new IdentityRoom.Ground(
                new StoreAsDatabase(mortal),
                new StorePods(
                    mortal,
                    new PodSetup(URI.create("http://localhost:8080")),
                    repositories::follow),
                MasterKey.inFolder(folder, random),
                OutboundRules.STRICT,
                Secret.of("admin"),
                new LogMailer(),
                new RemoteProfiles(),
                clock,
                random));
    accounts.set(identity.accounts());
    keys.set(identity.podKeys());
    decider.set(new AccessDecider((group, agent) -> false));
  }

  private <T> T mortal(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (isDead) {
                throw new Killed();
              }
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (result instanceof PodStore.Sql sql) {
                return mortal(PodStore.Sql.class, sql);
              }
              if (DURABLE.contains(method.getName()) && --stepsLeft == 0) {
                isDead = true;
                throw new Killed();
              }
              return result;
            }));
  }

  /** Runs something and dies after a number of durable steps; says whether it came to its end. */
  boolean survives(int steps, Runnable work) {
    stepsLeft = steps;
    try {
      work.run();
      return true;
    } catch (Killed e) {
      return false;
    }
  }

  Accounts accounts() {
    return identity.accounts();
  }

  Account alice() {
    return identity.accounts().byName("alice").orElseThrow();
  }

  /** Returns where the repository of a pod stands, if pod and repository are there. */
  Optional<RepoHead> head(PodId pod) {
    try {
      return disk.read(pod, reader -> RepoView.of(reader).head());
    } catch (PodFailure.NotFound e) {
      return Optional.empty();
    }
  }

  /** Returns what the firehose tells of an identity, in order. */
  List<Frame> frames(Did did) {
    List<Frame> frames = new ArrayList<>();
    for (Journal.Emission emission : disk.journal().stream("atproto.firehose", 0, 10_000)) {
      Frame frame = Frame.read(emission.payload());
      String whose = frame.body().text("did").or(() -> frame.body().text("repo")).orElseThrow();
      if (whose.equals(did.value())) {
        frames.add(frame);
      }
    }
    return frames;
  }

  /** One message of the firehose. */
  record Frame(String type, DagFields body) {
    private static Frame read(byte[] frame) {
      for (int split = 1; split < 64; split++) {
        try {
          DagFields header = DagCbor.decodeFields(java.util.Arrays.copyOf(frame, split));
          return new Frame(
              header.text("t").orElseThrow(),
              DagCbor.decodeFields(java.util.Arrays.copyOfRange(frame, split, frame.length)));
        } catch (PodFailure.Invalid notYet) {
          continue;
        }
      }
      throw new AssertionError("a frame without a header");
    }
  }

  @Override
  public void close() {
    try {
      identity.close();
    } finally {
      disk.close();
    }
  }
}
