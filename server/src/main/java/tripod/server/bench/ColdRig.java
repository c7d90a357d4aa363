package tripod.server.bench;

import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/**
 * What the size of a repository costs: the first write to one that is not in memory, and a create
 * in a large one beside a create in a small one.
 */
public final class ColdRig {
  private static final int SMALL_RECORDS = 1_000;
  private static final int WARM_WRITES = 2_000;
  private static final int ROUNDS = 4;
  private static final int WRITES_PER_ROUND = 250;
  private static final int EXPORTS = 5;
  private static final String TOKEN = "cold-rig-admin-token";

  private final Engine engine;
  private final int records;
  private final int restarts;

  /**
   * Prepares a run.
   *
   * @param records of the large repository
   * @param restarts how often the first write is measured
   */
  public ColdRig(Engine engine, int records, int restarts) {
    this.engine = engine;
    this.records = records;
    this.restarts = restarts;
  }

  /** Runs on servers of its own. */
  public Figures run() {
    Figures figures = new Figures();
    try (Scratch data = Scratch.make();
        HttpClient http = HttpClient.newHttpClient()) {
      List<String> options = engine.serveOptions(data.path());
      LabMember small;
      LabMember large;
      int port;
      try (ChildServer server = ChildServer.start(data.path(), 0, TOKEN, options)) {
        port = server.origin().getPort();
        small = LabMember.create(http, server.origin(), TOKEN, "small", Date::new);
        large = LabMember.create(http, server.origin(), TOKEN, "large", Date::new);
        Posts.fill(small, SMALL_RECORDS);
        long begun = System.nanoTime();
        Posts.fill(large, records);
        figures.add(
            "applyWrites of 200 while filling",
            records * 1e9 / (System.nanoTime() - begun),
            "rec/s");
        growth(server, small, large, figures);
        export(server, large, figures);
      }
      cold(data, port, options, small, large, figures);
    }
    return figures;
  }

  /** Turn about, so that a warmer JVM or a busier machine favours neither. */
  private void growth(ChildServer server, LabMember small, LabMember large, Figures figures) {
    ProcessFigures process = new ProcessFigures(server.pid());
    Posts.createSingly(small, WARM_WRITES, 1);
    double smallMs = 0;
    double largeMs = 0;
    List<Latencies> smallTimes = new ArrayList<>();
    List<Latencies> largeTimes = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      double before = process.cpuMillis();
      smallTimes.add(Posts.createSingly(small, WRITES_PER_ROUND, 1));
      double between = process.cpuMillis();
      largeTimes.add(Posts.createSingly(large, WRITES_PER_ROUND, 1));
      smallMs += between - before;
      largeMs += process.cpuMillis() - between;
    }
    int writes = ROUNDS * WRITES_PER_ROUND;
    figures
        .add("create in a repository of %,d, CPU".formatted(SMALL_RECORDS), smallMs / writes, "ms")
        .add("create in a repository of %,d, CPU".formatted(records), largeMs / writes, "ms")
        .add("large over small, CPU", largeMs / smallMs, "times")
        .addTimes(
            "create in a repository of %,d".formatted(SMALL_RECORDS), Latencies.all(smallTimes))
        .addTimes("create in a repository of %,d".formatted(records), Latencies.all(largeTimes));
  }

  /** What exports of the large repository leave in memory: they stream, so next to nothing. */
  private void export(ChildServer server, LabMember large, Figures figures) {
    ProcessFigures process = new ProcessFigures(server.pid());
    long bytes = exported(large);
    double before = process.residentMib();
    long begun = System.nanoTime();
    for (int n = 0; n < EXPORTS; n++) {
      bytes = exported(large);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    figures
        .add("export of %,d records".formatted(records), bytes / 1e6, "MB")
        .add("exports, one after the other", EXPORTS * bytes / 1e6 / seconds, "MB/s")
        .add(
            "resident after %d more exports, over that after the first".formatted(EXPORTS),
            process.residentMib() - before,
            "MiB");
  }

  private static long exported(LabMember member) {
    return member.query("com.atproto.sync.getRepo", "did=" + member.did()).body().length;
  }

  private void cold(
      Scratch data,
      int port,
      List<String> options,
      LabMember small,
      LabMember large,
      Figures figures) {
    List<Long> starts = new ArrayList<>();
    List<Long> everyFirst = new ArrayList<>();
    List<Long> repositoryFirst = new ArrayList<>();
    for (int n = 0; n < restarts; n++) {
      // In turn a server that has not written at all, and one that wrote to another repository.
      boolean warm = n % 2 == 1;
      try (ChildServer server = ChildServer.start(data.path(), port, TOKEN, options)) {
        starts.add(server.startMillis() * 1_000_000);
        if (warm) {
          Posts.createSingly(small, WRITES_PER_ROUND, 1);
        }
        long begun = System.nanoTime();
        Posts.create(large, "first");
        (warm ? repositoryFirst : everyFirst).add(System.nanoTime() - begun);
      }
    }
    figures
        .addTimes("start with the large repository", Latencies.of(starts))
        .addTimes(
            "first write after a start, repository of %,d".formatted(records),
            Latencies.of(everyFirst))
        .addTimes(
            "the same, after %d writes elsewhere".formatted(WRITES_PER_ROUND),
            Latencies.of(repositoryFirst));
  }
}
