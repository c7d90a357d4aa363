package tripod.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private static final int KILL_AFTER_MIN_MS = 100;
  private static final int KILL_AFTER_MAX_MS = 3_000;
  private static final String TOKEN = "crash-rig-admin-token";

  private final Path data;
  private final List<String> serveOptions;
  private final Consumer<String> report;
  private final Random random;

  /**
   * Prepares a run.
   *
   * @param data an empty folder
   * @param seed of the times at which the server is killed
   * @param serveOptions further options of {@code serve}, for another engine
   * @param report takes one line a round
   */
  public CrashRig(Path data, long seed, List<String> serveOptions, Consumer<String> report) {
    this.data = data;
    this.serveOptions = List.copyOf(serveOptions);
    this.report = report;
    this.random = new Random(seed);
  }

  /**
   * Runs.
   *
   * @return figures by name; all is well when {@code lost}, {@code gaps} and {@code differences}
   *     are 0
   */
  public Map<String, Long> run(int rounds) {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    long acknowledged = 0;
    long lost = 0;
    long gaps = 0;
    long differences = 0;
    long slowestStart = 0;
    int port = freePort();
    ChildServer server = ChildServer.start(data, port, TOKEN, serveOptions);
    try (HttpClient http = HttpClient.newHttpClient()) {
      LabMember member = LabMember.create(http, server.origin(), TOKEN, "crash", Date::new);
      List<Written> all = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        List<Written> written = writeUntilKilled(server, member, round);
        server = ChildServer.start(data, port, TOKEN, serveOptions);
        slowestStart = Math.max(slowestStart, server.startMillis());
        member.signIn();
        acknowledged += written.size();
        long missing = written.stream().filter(one -> !isEverywhere(member, one)).count();
        all.addAll(written);
        lost += missing;
        JsonNode journal = LabMember.json(member.admin("/api/admin/lab/journal", TOKEN));
        gaps += journal.path("gaps").asLong();
        long apart = differences(member);
        differences += apart;
        report.accept(
            "round %d: acknowledged %d, lost %d, gaps %d, differences %d, start %d ms"
                .formatted(
                    round,
                    written.size(),
                    missing,
                    journal.path("gaps").asLong(),
                    apart,
                    server.startMillis()));
      }
      long lostLater = all.stream().filter(one -> !isEverywhere(member, one)).count();
      lost = Math.max(lost, lostLater);
    } finally {
      server.close();
    }
    Map<String, Long> figures = new LinkedHashMap<>();
    figures.put("rounds", (long) rounds);
    figures.put("acknowledged", acknowledged);
    figures.put("lost", lost);
    figures.put("gaps", gaps);
    figures.put("differences", differences);
    figures.put("slowestStartMs", slowestStart);
    return figures;
  }

  private List<Written> writeUntilKilled(ChildServer server, LabMember member, int round) {
    Queue<Written> written = new ConcurrentLinkedQueue<>();
    AtomicBoolean dead = new AtomicBoolean();
    ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor();
    for (LabDoor door : LabDoor.values()) {
      for (int writer = 0; writer < WRITERS_PER_DOOR; writer++) {
        String who = door + " " + round + "-" + writer;
        writers.execute(() -> write(member, door, who, written, dead));
      }
    }
    try {
      TimeUnit.MILLISECONDS.sleep(random.nextLong(KILL_AFTER_MIN_MS, KILL_AFTER_MAX_MS));
      server.kill();
      dead.set(true);
      writers.shutdown();
      if (!writers.awaitTermination(2, TimeUnit.MINUTES)) {
        throw new IllegalStateException("writers did not end");
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
    return List.copyOf(written);
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

  private static boolean isEverywhere(LabMember member, Written one) {
    for (LabDoor door : LabDoor.values()) {
      Optional<String> read = door.read(member, one.name());
      if (read.filter(said -> said.contains(one.text())).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Counts posts that one of repository, outbox and container names and another does not. */
  private static long differences(LabMember member) {
    Set<String> repository = member.repositoryNames("app.bsky.feed.post");
    Set<String> container = member.containerNames("social/posts/");
    Set<String> outbox = member.outboxNames();
    Set<String> all = new HashSet<>(repository);
    all.addAll(container);
    all.addAll(outbox);
    return all.stream()
        .filter(
            name ->
                !repository.contains(name) || !container.contains(name) || !outbox.contains(name))
        .count();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new IllegalStateException("no free port", none);
    }
  }

  private record Written(String name, String text) {}
}
