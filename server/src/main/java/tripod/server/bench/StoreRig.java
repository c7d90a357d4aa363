package tripod.server.bench;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tripod.podstore.PodStore;
import tripod.podstore.sql.SqlPodStore;
import tripod.syntax.PodId;

/**
 * The engines beside each other on the store's finished write path: durable posts with the rows and
 * the frame that a repository adds, no HTTP and no signature.
 *
 * <p>Each engine is measured in the process that filled it, and again on the same file after it was
 * closed and opened: some engines write more then.
 */
public final class StoreRig {
  private static final int PODS = 50;
  private static final List<Integer> WRITERS = List.of(1, 16, 64);
  private static final int FILL_BATCH = 200;

  private final int documents;
  private final int seconds;

  /**
   * Prepares a run.
   *
   * @param documents in the store before it is measured
   * @param seconds of each measure
   */
  public StoreRig(int documents, int seconds) {
    this.documents = documents;
    this.seconds = seconds;
  }

  /** Runs for one engine. */
  public Figures run(Engine engine) {
    Figures figures = new Figures();
    try (Scratch data = Scratch.make()) {
      SamplePosts posts = new SamplePosts();
      List<PodId> pods = new ArrayList<>();
      try (SqlPodStore store = open(engine, data, posts)) {
        for (int n = 0; n < PODS; n++) {
          PodId pod = store.nextPodId();
          store.create(pod, PodStore.JdbcWork.NONE, writer -> 0);
          pods.add(pod);
        }
        fill(engine, store, posts, pods, figures);
        measure(engine + ", fresh", store, posts, pods, figures);
      }
      figures.add(
          engine + ", disk of a document with its frame",
          (double) data.bytes() / posts.written(),
          "bytes");
      long begun = System.nanoTime();
      try (SqlPodStore store = open(engine, data, posts)) {
        figures.add(engine + ", open", (System.nanoTime() - begun) / 1e6, "ms");
        measure(engine + ", reopened", store, posts, pods, figures);
      }
    }
    return figures;
  }

  private static SqlPodStore open(Engine engine, Scratch data, SamplePosts posts) {
    return SqlPodStore.open(engine.config(data.path()), InstantSource.system(), List.of(posts));
  }

  private void fill(
      Engine engine, PodStore store, SamplePosts posts, List<PodId> pods, Figures figures) {
    long begun = System.nanoTime();
    for (int done = 0; done < documents; done += FILL_BATCH) {
      store.write(
          pods.get(done / FILL_BATCH % PODS),
          writer -> {
            for (int n = 0; n < FILL_BATCH; n++) {
              posts.put(writer);
            }
            return 0;
          });
    }
    figures.add(
        engine + ", filling in batches of " + FILL_BATCH,
        documents * 1e9 / (System.nanoTime() - begun),
        "docs/s");
  }

  private void measure(
      String name, PodStore store, SamplePosts posts, List<PodId> pods, Figures figures) {
    for (int writers : WRITERS) {
      run(store, posts, pods, writers, 1); // the JVM gets used to it
      ProcessFigures process = ProcessFigures.ofThis();
      double cpu = process.cpuMillis();
      long bytes = process.writtenBytes();
      long begun = System.nanoTime();
      long commits = run(store, posts, pods, writers, seconds);
      double wall = (System.nanoTime() - begun) / 1e9;
      String measure = "%s, %d writers".formatted(name, writers);
      figures
          .add(measure, commits / wall, "commits/s")
          .add(measure + ", CPU", (process.cpuMillis() - cpu) * 1000 / commits, "µs each")
          .add(
              measure + ", written",
              (process.writtenBytes() - bytes) / 1024.0 / commits,
              "KiB each");
    }
  }

  private static long run(
      PodStore store, SamplePosts posts, List<PodId> pods, int writers, int seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    AtomicLong commits = new AtomicLong();
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < writers; n++) {
        ends.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    PodId pod = pods.get((int) (commits.getAndIncrement() % PODS));
                    store.write(
                        pod,
                        writer -> {
                          posts.put(writer);
                          return 0;
                        });
                  }
                }));
      }
    }
    for (Future<?> done : ends) {
      if (done.state() == Future.State.FAILED) {
        throw new IllegalStateException("a write failed", done.exceptionNow());
      }
    }
    return commits.get();
  }
}
