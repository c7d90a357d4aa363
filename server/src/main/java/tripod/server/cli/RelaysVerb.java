package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** What relays know of this host. */
@Command(
    name = "relays",
    mixinStandardHelpOptions = true,
    description =
        "Asks the configured relays how far they have followed this host, and what they think of"
            + " it.",
    footer = {"", "Example:", "  tripod relays"})
final class RelaysVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private RelaysVerb() {}

  @Override
  public Integer call() {
    try (AdminClient admin = AdminClient.open(server.given())) {
      JsonNode report = admin.get("/api/admin/relays");
      var out = spec.commandLine().getOut();
      out.printf("%-40s %s%n", "last frame here", report.path("seq").asText());
      for (JsonNode relay : report.path("relays")) {
        out.printf(
            "%-40s seq %-18s accounts %-8s asked %-26s %s%n",
            relay.path("relay").asText(),
            relay.path("seq").asText("?"),
            relay.path("accounts").asText("?"),
            relay.path("asked").asText(),
            relay.path("status").asText());
      }
      out.flush();
      return 0;
    }
  }
}
