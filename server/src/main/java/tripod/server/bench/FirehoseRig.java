package tripod.server.bench;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How soon a lone write is seen on the firehose, and what subscribers cost that only listen.
 *
 * <p>A latency is from before the write is sent until its frame has arrived, so that it holds the
 * whole write.
 */
public final class FirehoseRig {
  /** A subscriber's own code counts in what it sees: it has read as much as one that came early. */
  private static final int WARM_WRITES = 2_000;

  private static final int WARM_WRITERS = 8;
  private static final String TOKEN = "firehose-rig-admin-token";

  private final Engine engine;
  private final int writes;
  private final int quietMs;
  private final int subscribers;

  /**
   * Prepares a run.
   *
   * @param writes lone writes
   * @param quietMs silence before each
   * @param subscribers connections held while nothing happens
   */
  public FirehoseRig(Engine engine, int writes, int quietMs, int subscribers) {
    this.engine = engine;
    this.writes = writes;
    this.quietMs = quietMs;
    this.subscribers = subscribers;
  }

  /** Runs on a server of its own. */
  public Figures run() throws InterruptedException {
    Figures figures = new Figures();
    try (Scratch data = Scratch.make();
        ChildServer server =
            ChildServer.start(data.path(), 0, TOKEN, engine.serveOptions(data.path()));
        HttpClient http = HttpClient.newHttpClient()) {
      LabMember member = LabMember.create(http, server.origin(), TOKEN, "fire", Date::new);
      try {
        loneWrites(http, server, member, figures);
        idle(http, server, member, figures);
      } finally {
        http.shutdownNow(); // to close waits for websockets, which the server keeps
      }
    }
    return figures;
  }

  private void loneWrites(HttpClient http, ChildServer server, LabMember member, Figures figures)
      throws InterruptedException {
    FrameWatch watch = FrameWatch.open(http, server.origin());
    Posts.createSingly(member, WARM_WRITES, WARM_WRITERS);
    List<Long> seen = new ArrayList<>();
    List<Long> answered = new ArrayList<>();
    for (int n = 0; n < writes; n++) {
      TimeUnit.MILLISECONDS.sleep(quietMs);
      long begun = System.nanoTime();
      Posts.create(member, FrameWatch.mark(n));
      answered.add(System.nanoTime() - begun);
      seen.add(watch.await(n) - begun);
    }
    watch.close(); // a server holds 10,000 at most, and that many may be asked for below
    figures
        .add("lone writes, each after " + quietMs + " ms of quiet", writes, "writes")
        .addTimes("lone write seen on the firehose", Latencies.of(seen))
        .addTimes("lone write answered", Latencies.of(answered));
  }

  private void idle(HttpClient http, ChildServer server, LabMember member, Figures figures)
      throws InterruptedException {
    ProcessFigures process = new ProcessFigures(server.pid());
    double before = process.residentMib();
    List<FrameWatch> watches = new ArrayList<>();
    for (int n = 0; n < subscribers; n++) {
      watches.add(FrameWatch.open(http, server.origin()));
    }
    TimeUnit.SECONDS.sleep(1);
    double held = process.residentMib();
    double cpu = process.cpuMillis();
    TimeUnit.SECONDS.sleep(2);
    double idleCpu = (process.cpuMillis() - cpu) / 2;
    long begun = System.nanoTime();
    Posts.create(member, FrameWatch.mark(writes));
    List<Long> seen = new ArrayList<>();
    for (FrameWatch watch : watches) {
      seen.add(watch.await(writes) - begun);
    }
    figures
        .add("idle subscribers held", subscribers, "connections")
        .add("memory of an idle subscriber", (held - before) * 1024 / subscribers, "KiB")
        .add("CPU of the idle server with them", idleCpu, "ms/s")
        .addTimes("one write seen by all of them", Latencies.of(seen));
  }
}
