package tripod.server.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Kills a server with SIGKILL again and again while members write at all three doors, and looks
 * after each restart whether anything that was acknowledged is missing.
 *
 * <p>Kept: every acknowledged write at every door, the pods' numbers without a gap, and repository,
 * outbox and container naming the same posts.
 */
public final class CrashRig {
  private static final int WRITERS_PER_DOOR = 4;
  private static final int READERS = 16;

  /** After so many rounds a new member writes, so that listings stay short. */
  private static final int ROUNDS_PER_MEMBER = 10;

  private static final int KILL_AFTER_MIN_MS = 100;
  private static final int KILL_AFTER_MAX_MS = 3_000;
  private static final String TOKEN = "crash-rig-admin-token";

  private final Path data;
  private final List<String> serveOptions;
  private final Consumer<String> report;
  private final Random random;

  private CrashRig(Path data, List<String> serveOptions, long seed, Consumer<String> report) {
    this.data = data;
    this.serveOptions = List.copyOf(serveOptions);
    this.report = report;
    this.random = new Random(seed);
  }

  /**
   * Runs in a folder of its own.
   *
   * @param seed of the times at which the server is killed
   * @param report takes a line or two a round
   */
  public static Outcome run(Engine engine, long seed, int rounds, Consumer<String> report) {
    try (Scratch data = Scratch.make()) {
      return new CrashRig(data.path(), engine.serveOptions(data.path()), seed, report).run(rounds);
    }
  }

  /** Runs until the server was killed {@code rounds} times. */
  private Outcome run(int rounds) {
    Outcome outcome = Outcome.NONE;
    int port = freePort();
    List<LabMember> members = new ArrayList<>();
    List<Set<String>> acknowledged = new ArrayList<>();
    ChildServer server = ChildServer.start(data, port, TOKEN, serveOptions);
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (int round = 1; round <= rounds; round++) {
        if ((round - 1) % ROUNDS_PER_MEMBER == 0) {
          String name = "crash" + members.size();
          members.add(LabMember.create(http, server.origin(), TOKEN, name, Date::new));
          acknowledged.add(new HashSet<>());
        }
        LabMember member = members.getLast();
        Round done = writeUntilKilled(server, member, round);
        server = ChildServer.start(data, port, TOKEN, serveOptions);
        members.forEach(LabMember::signIn);
        done.written().forEach(one -> acknowledged.getLast().add(one.name()));
        Outcome found =
            new Outcome(
                1,
                done.written().size(),
                done.refused().size(),
                missing(member, done.written()),
                gaps(member),
                differences(member),
                server.startMillis());
        report.accept("round %d: %s".formatted(round, found));
        done.refused().stream().limit(1).forEach(first -> report.accept("  refused: " + first));
        outcome = outcome.and(found);
      }
      long lostLater = 0;
      for (int n = 0; n < members.size(); n++) {
        lostLater += lostFrom(acknowledged.get(n), members.get(n));
      }
      return outcome.withLostLater(lostLater);
    } finally {
      server.close();
    }
  }

  /**
   * What came of it.
   *
   * @param acknowledged writes that a door answered as done
   * @param refused writes that a door answered otherwise, which none should
   * @param lost acknowledged writes that are missing at any door
   * @param gaps numbers of the journal that are missing, repeated or out of order
   * @param differences posts that not all of repository, outbox and container name
   * @param startMs the slowest start after a kill, in milliseconds
   */
  public record Outcome(
      long rounds,
      long acknowledged,
      long refused,
      long lost,
      long gaps,
      long differences,
      long startMs) {
    static final Outcome NONE = new Outcome(0, 0, 0, 0, 0, 0, 0);

    Outcome and(Outcome next) {
      return new Outcome(
          rounds + next.rounds,
          acknowledged + next.acknowledged,
          refused + next.refused,
          lost + next.lost,
          Math.max(gaps, next.gaps),
          Math.max(differences, next.differences),
          Math.max(startMs, next.startMs));
    }

    Outcome withLostLater(long later) {
      return new Outcome(
          rounds, acknowledged, refused, Math.max(lost, later), gaps, differences, startMs);
    }

    /** Says whether writes were made and every one of them was kept. */
    public boolean isWhole() {
      return acknowledged > 0 && refused == 0 && lost == 0 && gaps == 0 && differences == 0;
    }

    /** Returns the same as figures. */
    public Figures figures() {
      return new Figures()
          .add("kills", rounds, "rounds")
          .add("acknowledged", acknowledged, "writes")
          .add("refused", refused, "writes")
          .add("lost", lost, "writes")
          .add("gaps in the journal", gaps, "numbers")
          .add("differences between the doors", differences, "posts")
          .add("slowest start after a kill", startMs, "ms");
    }

    @Override
    public String toString() {
      return "acknowledged %d, refused %d, lost %d, gaps %d, differences %d, start %d ms"
          .formatted(acknowledged, refused, lost, gaps, differences, startMs);
    }
  }

  private record Written(String name, String text) {}

  private record Round(List<Written> written, List<String> refused) {}

  private Round writeUntilKilled(ChildServer server, LabMember member, int round) {
    Queue<Written> written = new ConcurrentLinkedQueue<>();
    Queue<String> refused = new ConcurrentLinkedQueue<>();
    AtomicBoolean dead = new AtomicBoolean();
    try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (LabDoor door : LabDoor.values()) {
        for (int writer = 0; writer < WRITERS_PER_DOOR; writer++) {
          String who = door + " " + round + "-" + writer;
          writers.execute(
              () -> {
                try {
                  write(member, door, who, written, dead);
                } catch (IllegalStateException answeredOtherwise) {
                  refused.add(who + ": " + answeredOtherwise.getMessage());
                }
              });
        }
      }
      TimeUnit.MILLISECONDS.sleep(random.nextLong(KILL_AFTER_MIN_MS, KILL_AFTER_MAX_MS));
      server.kill();
      dead.set(true);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
    return new Round(List.copyOf(written), List.copyOf(refused));
  }

  private static void write(
      LabMember member, LabDoor door, String who, Queue<Written> written, AtomicBoolean dead) {
    for (int n = 0; !dead.get(); n++) {
      String text = who + "-" + n;
      try {
        written.add(new Written(door.create(member, text, true), text));
      } catch (LabMember.Gone killed) {
        return; // not acknowledged: nothing is promised about it
      }
    }
  }

  /** Counts what one of the doors does not show as it was written. */
  private static long missing(LabMember member, List<Written> written) {
    List<Future<Boolean>> checks = new ArrayList<>();
    Semaphore atOnce = new Semaphore(READERS);
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Written one : written) {
        checks.add(
            readers.submit(
                () -> {
                  atOnce.acquire();
                  try {
                    return isEverywhere(member, one);
                  } finally {
                    atOnce.release();
                  }
                }));
      }
    }
    return checks.stream()
        .filter(check -> check.state() != Future.State.SUCCESS || !check.resultNow())
        .count();
  }

  private static boolean isEverywhere(LabMember member, Written one) {
    for (LabDoor door : LabDoor.values()) {
      Optional<String> read = door.read(member, one.name());
      if (read.filter(said -> said.contains(one.text())).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static long gaps(LabMember member) {
    return LabMember.json(member.admin("/api/admin/lab/journal", TOKEN)).path("gaps").asLong();
  }

  /** Counts posts that one of repository, outbox and container names and another does not. */
  private static long differences(LabMember member) {
    Set<String> repository = member.listings().repository(Posts.COLLECTION);
    Set<String> container = member.listings().container("social/posts/");
    Set<String> outbox = member.listings().outbox();
    Set<String> all = new HashSet<>(repository);
    all.addAll(container);
    all.addAll(outbox);
    return all.stream()
        .filter(
            name ->
                !repository.contains(name) || !container.contains(name) || !outbox.contains(name))
        .count();
  }

  private static long lostFrom(Set<String> acknowledged, LabMember member) {
    Set<String> kept = member.listings().repository(Posts.COLLECTION);
    kept.retainAll(member.listings().container("social/posts/"));
    kept.retainAll(member.listings().outbox());
    return acknowledged.stream().filter(name -> !kept.contains(name)).count();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no free port", none);
    }
  }
}
