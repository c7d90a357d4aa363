package tripod.server.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * The paths that carry a server's load, used so often that the JVM knows them: what its
 * ahead-of-time cache keeps is not only which classes there are but how their methods were used.
 *
 * <p>Bounded in count, and each part in time, so that a slow machine is not kept for long.
 */
final class Drill {
  private static final int CLIENTS = 16;

  /** How many members take part. */
  static final int MEMBERS = 4;

  private static final int SUBSCRIBERS = 3;
  private static final int BLOB_BYTES = 100_000;

  private final HttpClient http;
  private final URI server;
  private final List<LabMember> members;
  private final Duration part;

  /**
   * Prepares a drill.
   *
   * @param members the first one's repository is read
   * @param part longest time for each part
   */
  Drill(HttpClient http, URI server, List<LabMember> members, Duration part) {
    this.http = http;
    this.server = server;
    this.members = List.copyOf(members);
    this.part = part;
  }

  /** Runs all parts. */
  void run() {
    LabMember first = members.getFirst();
    List<FrameWatch> watches = new ArrayList<>();
    for (int n = 0; n < SUBSCRIBERS; n++) {
      watches.add(FrameWatch.open(http, server));
    }
    writes(first);
    reads(first);
    watches.forEach(FrameWatch::close);
  }

  private void writes(LabMember first) {
    each(1, 300, n -> Posts.create(first, "drill " + n));
    each(CLIENTS, 3_000, n -> Posts.create(first, "drill " + n));
    each(CLIENTS, 4_000, n -> Posts.create(members.get(n % MEMBERS), "drill " + n));
    each(1, 20, n -> Posts.fill(first, Posts.BATCH_MAX));
    each(MEMBERS, 20, n -> Posts.fill(members.get(n % MEMBERS), Posts.BATCH_MAX));
    each(MEMBERS, 300, n -> members.get(n % MEMBERS).upload(blob()));
    each(1, 10, n -> first.signIn());
  }

  private void reads(LabMember first) {
    List<String> names = List.copyOf(first.listings().repository(Posts.COLLECTION));
    String post = "collection=" + Posts.COLLECTION + "&";
    String repo = post + "repo=" + first.did() + "&";
    String did = post + "did=" + first.did() + "&rkey=";
    each(CLIENTS, 4_000, n -> query(first, "repo.getRecord", repo + "rkey=" + at(names, n)));
    each(
        CLIENTS,
        3_000,
        n -> query(first, "repo.listRecords", repo + "limit=50&cursor=" + at(names, n)));
    each(CLIENTS, 3_000, n -> query(first, "sync.getRecord", did + at(names, n)));
    each(1, 30, n -> query(first, "sync.getRepo", "did=" + first.did()));
  }

  private static String at(List<String> names, int n) {
    return names.get((int) (n * 7919L % names.size()));
  }

  private static void query(LabMember member, String method, String parameters) {
    int status = member.query("com.atproto." + method, parameters).statusCode();
    if (status != 200) {
      throw new IllegalStateException(method + " answered " + status);
    }
  }

  private static byte[] blob() {
    byte[] bytes = new byte[BLOB_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return bytes;
  }

  /** Does something many times, several at once, until it is done or the part's time is over. */
  private void each(int clients, int count, IntConsumer one) {
    long end = System.nanoTime() + part.toNanos();
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int client = 0; client < clients; client++) {
        ends.add(
            threads.submit(
                () -> {
                  for (int n = next.getAndIncrement();
                      n < count && System.nanoTime() < end;
                      n = next.getAndIncrement()) {
                    one.accept(n);
                  }
                }));
      }
    }
    for (Future<?> ended : ends) {
      if (ended.state() == Future.State.FAILED) {
        throw new IllegalStateException("the drill failed", ended.exceptionNow());
      }
    }
  }
}
