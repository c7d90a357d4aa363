package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks an installation, or one person's addresses. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Runs every check of the installation, and of one person's addresses when named.",
    footer = {"", "Examples:", "  tripod doctor", "  tripod doctor alice --json"})
final class DoctorVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", arity = "0..1", description = "a member's name, handle or DID")
  private @Nullable String name;

  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private DoctorVerb() {}

  @Override
  public Integer call() {
    try (AdminClient admin = AdminClient.open(server.given())) {
      JsonNode report =
          admin.get("/api/admin/doctor" + (name == null ? "" : "?name=" + AdminClient.inUrl(name)));
      if (json) {
        spec.commandLine().getOut().println(report.toPrettyString());
      } else {
        for (JsonNode check : report.path("checks")) {
          spec.commandLine()
              .getOut()
              .printf(
                  "%-4s %-40s %s%n",
                  check.path("ok").asBoolean() ? "ok" : "FAIL",
                  check.path("name").asText(),
                  check.path("detail").asText());
        }
      }
      spec.commandLine().getOut().flush();
      return report.path("ok").asBoolean() ? 0 : 1;
    }
  }
}
