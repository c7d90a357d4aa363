package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Collects unused blobs now. */
@Command(
    name = "gc-blobs",
    mixinStandardHelpOptions = true,
    description =
        "Moves blobs that nothing has named for a day into the trash, and removes what was there"
            + " for a week. A running server does so by itself every hour.",
    footer = {"", "Example:", "  tripod gc-blobs --json"})
final class GcBlobsVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private GcBlobsVerb() {}

  @Override
  public Integer call() {
    try (AdminClient admin = AdminClient.open(server.given())) {
      JsonNode report = admin.send("POST", "/api/admin/blobs/collect", Map.of());
      if (json) {
        spec.commandLine().getOut().println(report.toPrettyString());
      } else {
        spec.commandLine()
            .getOut()
            .printf(
                "%d into the trash, %d removed (%d bytes), %d failed%n",
                report.path("trashed").asLong(),
                report.path("removed").asLong(),
                report.path("removedBytes").asLong(),
                report.path("failed").asLong());
      }
      spec.commandLine().getOut().flush();
      return report.path("failed").asLong() == 0 ? 0 : 1;
    }
  }
}
