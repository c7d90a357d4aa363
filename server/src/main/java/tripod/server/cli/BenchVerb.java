package tripod.server.cli;

import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tripod.server.bench.ColdRig;
import tripod.server.bench.CrashRig;
import tripod.server.bench.DiskRig;
import tripod.server.bench.Engine;
import tripod.server.bench.Figures;
import tripod.server.bench.FirehoseRig;
import tripod.server.bench.StartRig;
import tripod.server.bench.StoreRig;

/** The project's own figures. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures and breaks lab servers of its own, on loopback, bounded in time and count.",
    synopsisSubcommandLabel = "RIG",
    footer = {
      "",
      "Examples:",
      "  tripod bench crash --rounds 50",
      "  tripod bench store --engine h2 --engine sqlite"
    })
final class BenchVerb implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private BenchVerb() {
    // The JDK's client dials localhost for a pod's host only when it may name that host itself.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say which rig to run");
  }

  /** What all rigs take. */
  static final class Common {
    @Option(
        names = "--engine",
        paramLabel = "ENGINE",
        description = "h2 or sqlite (default: that of serve)")
    private @Nullable Engine engine;

    @Option(names = "--json", description = "print the figures as JSON")
    private boolean json;

    private Engine engine() {
      return engine == null ? Engine.DEFAULT : engine;
    }
  }

  @Command(
      name = "crash",
      mixinStandardHelpOptions = true,
      description =
          "Kills a server while members write at all doors; nothing acknowledged may be lost.",
      footer = {"", "Example:", "  tripod bench crash --rounds 50"})
  int crash(
      @Mixin Common common,
      @Option(
              names = "--rounds",
              defaultValue = "25",
              description = "how often to kill (default 25)")
          int rounds,
      @Option(
              names = "--seed",
              defaultValue = "1",
              description = "of the times at which it is killed")
          long seed) {
    PrintWriter out = spec.commandLine().getOut();
    CrashRig.Outcome outcome =
        CrashRig.run(
            common.engine(),
            seed,
            rounds,
            line -> {
              if (!common.json) {
                out.println(line);
                out.flush();
              }
            });
    print(common, outcome.figures());
    return outcome.isWhole() ? 0 : 1;
  }

  @Command(
      name = "firehose",
      mixinStandardHelpOptions = true,
      description =
          "Measures how soon a lone write is on the firehose, and what idle subscribers cost.",
      footer = {"", "Example:", "  tripod bench firehose --writes 100 --quiet-ms 500"})
  int firehose(
      @Mixin Common common,
      @Option(names = "--writes", defaultValue = "100", description = "lone writes (default 100)")
          int writes,
      @Option(
              names = "--quiet-ms",
              defaultValue = "500",
              description = "silence before each (default 500)")
          int quietMs,
      @Option(
              names = "--subscribers",
              defaultValue = "1000",
              description = "idle ones held (default 1000)")
          int subscribers)
      throws InterruptedException {
    return print(common, new FirehoseRig(common.engine(), writes, quietMs, subscribers).run());
  }

  @Command(
      name = "cold",
      mixinStandardHelpOptions = true,
      description = "Measures what the size of a repository costs: the first write, and a create.",
      footer = {"", "Example:", "  tripod bench cold --records 100000"})
  int cold(
      @Mixin Common common,
      @Option(
              names = "--records",
              defaultValue = "100000",
              description = "in the large repository (default 100000)")
          int records,
      @Option(
              names = "--restarts",
              defaultValue = "6",
              description = "first writes measured (default 6)")
          int restarts) {
    return print(common, new ColdRig(common.engine(), records, restarts).run());
  }

  @Command(
      name = "disk",
      mixinStandardHelpOptions = true,
      description = "Measures what posts written one by one cost on disk.",
      footer = {"", "Example:", "  tripod bench disk --sizes 1000,10000"})
  int disk(
      @Mixin Common common,
      @Option(
              names = "--sizes",
              split = ",",
              defaultValue = "1000,10000",
              description = "posts at which to look (default 1000,10000)")
          List<Integer> sizes) {
    return print(common, new DiskRig(common.engine(), sizes).run());
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Measures how long the launcher takes to be ready, and the memory after it.",
      footer = {"", "Example:", "  tripod bench start --starts 5"})
  int start(
      @Mixin Common common,
      @Option(names = "--starts", defaultValue = "5", description = "of each kind (default 5)")
          int starts)
      throws InterruptedException {
    return print(common, new StartRig(StartRig.ownLauncher(), common.engine(), starts).run());
  }

  @Command(
      name = "store",
      mixinStandardHelpOptions = true,
      description = "Measures the embedded engines on the store's write path, fresh and reopened.",
      footer = {"", "Example:", "  tripod bench store --documents 100000 --secs 5"})
  int store(
      @Mixin Common common,
      @Option(
              names = "--documents",
              defaultValue = "100000",
              description = "in the store first (default 100000)")
          int documents,
      @Option(names = "--secs", defaultValue = "5", description = "of each measure (default 5)")
          int seconds) {
    List<Engine> engines =
        common.engine == null ? List.of(Engine.values()) : List.of(common.engine);
    Figures figures = new Figures();
    engines.forEach(engine -> figures.addAll(new StoreRig(documents, seconds).run(engine)));
    return print(common, figures);
  }

  private int print(Common common, Figures figures) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(common.json ? figures.json() : figures.table());
    out.flush();
    return 0;
  }
}
