package tripod.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tripod.server.bench.CrashRig;

/** The project's own figures. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description =
        "Measures and breaks lab servers of its own, on loopback, bounded in time and count.",
    synopsisSubcommandLabel = "crash",
    footer = {"", "Example:", "  tripod bench crash --rounds 50"})
final class BenchVerb implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private BenchVerb() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say which rig to run");
  }

  @Command(
      name = "crash",
      mixinStandardHelpOptions = true,
      description =
          "Kills a server while members write at all doors; nothing acknowledged may be lost.",
      footer = {"", "Example:", "  tripod bench crash --rounds 50"})
  int crash(
      @Option(
              names = "--rounds",
              defaultValue = "25",
              description = "how often to kill (default 25)")
          int rounds,
      @Option(
              names = "--seed",
              defaultValue = "1",
              description = "of the times at which it is killed")
          long seed,
      @Option(names = "--store", paramLabel = "JDBC", description = "another engine")
          @Nullable String store,
      @Option(names = "--json", description = "print the figures as JSON") boolean json) {
    PrintWriter out = spec.commandLine().getOut();
    Path data = temporaryFolder();
    Map<String, Long> figures =
        new CrashRig(
                data,
                seed,
                store == null ? List.of() : List.of("--store", store),
                line -> {
                  out.println(line);
                  out.flush();
                })
            .run(rounds);
    print(out, figures, json);
    boolean whole =
        figures.getOrDefault("lost", 1L) == 0
            && figures.getOrDefault("gaps", 1L) == 0
            && figures.getOrDefault("differences", 1L) == 0;
    return whole ? 0 : 1;
  }

  private static void print(PrintWriter out, Map<String, Long> figures, boolean json) {
    if (json) {
      out.println(
          figures.entrySet().stream()
              .map(figure -> "\"" + figure.getKey() + "\":" + figure.getValue())
              .toList()
              .toString()
              .replace('[', '{')
              .replace(']', '}'));
    } else {
      figures.forEach((name, value) -> out.printf("%-20s %d%n", name, value));
    }
    out.flush();
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("tripod-bench");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
