package tripod.server.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How long {@code ./tripod serve} takes to be ready when nothing is to be built, and what memory
 * the server then has, with the launcher's own flags.
 */
public final class StartRig {
  /** How long after its ready line a server's memory is read, in seconds. */
  private static final int SETTLE_S = 2;

  private static final String TOKEN = "start-rig-admin-token";

  private final Path launcher;
  private final Engine engine;
  private final int starts;

  /**
   * Prepares a run.
   *
   * @param launcher the project's {@code tripod}
   * @param starts of each kind, besides a first one that is not counted
   */
  public StartRig(Path launcher, Engine engine, int starts) {
    this.launcher = launcher;
    this.engine = engine;
    this.starts = starts;
  }

  /** Returns the launcher that belongs to the running build: two folders above its archive. */
  public static Path ownLauncher() {
    String classPath = System.getProperty("java.class.path");
    Path archive = Path.of(classPath.split(java.io.File.pathSeparator, 2)[0]).toAbsolutePath();
    for (Path folder = archive.getParent(); folder != null; folder = folder.getParent()) {
      Path launcher = folder.resolve("tripod");
      if (Files.isRegularFile(launcher) && Files.isExecutable(launcher)) {
        return launcher;
      }
    }
    throw new IllegalStateException("no launcher above " + archive);
  }

  /** Runs. */
  public Figures run() throws InterruptedException {
    Figures figures = new Figures();
    measure("on", "with the AOT cache", figures);
    measure("off", "without the AOT cache", figures);
    return figures;
  }

  private void measure(String aot, String words, Figures figures) throws InterruptedException {
    List<Long> ready = new ArrayList<>();
    List<Long> again = new ArrayList<>();
    List<Double> resident = new ArrayList<>();
    for (int n = 0; n <= starts; n++) {
      try (Scratch data = Scratch.make()) {
        long first = start(data, aot, n == 0 ? new ArrayList<>() : resident);
        long second = start(data, aot, new ArrayList<>());
        if (n > 0) { // the first start may have trained the cache
          ready.add(first);
          again.add(second);
        }
      }
    }
    figures
        .add("ready, new data folder, " + words + ", p50", Latencies.of(ready).millis(0.5), "ms")
        .add("ready, new data folder, " + words + ", most", Latencies.of(ready).millis(1), "ms")
        .add("ready, old data folder, " + words + ", p50", Latencies.of(again).millis(0.5), "ms")
        .add("ready, old data folder, " + words + ", most", Latencies.of(again).millis(1), "ms")
        .add(
            "resident " + SETTLE_S + " s after the start, " + words + ", most",
            resident.stream().mapToDouble(Double::doubleValue).max().orElseThrow(),
            "MiB");
  }

  private long start(Scratch data, String aot, List<Double> resident) throws InterruptedException {
    try (ChildServer server =
        ChildServer.start(
            List.of(launcher.toString()),
            Map.of("TRIPOD_AOT", aot),
            data.path(),
            0,
            TOKEN,
            engine.serveOptions(data.path()))) {
      TimeUnit.SECONDS.sleep(SETTLE_S);
      resident.add(new ProcessFigures(server.pid()).residentMib());
      return TimeUnit.MILLISECONDS.toNanos(server.startMillis());
    }
  }
}
