package tripod.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes data in. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Takes an ATProto repository into an account that exists.",
    footer = {
      "",
      "Imports never publish: nothing is delivered and nobody is notified.",
      "",
      "Example:",
      "  tripod import alice --car repo.car --copy"
    })
final class ImportVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", description = "the account to import into")
  private String name = "";

  @Option(
      names = "--car",
      required = true,
      paramLabel = "FILE",
      description = "an ATProto repository")
  private Path car = Path.of("");

  @Option(
      names = "--copy",
      description = "the repository belongs to another DID: take its records over byte for byte")
  private boolean copy;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private ImportVerb() {}

  @Override
  public Integer call() {
    try (AdminClient admin = AdminClient.open(server.given())) {
      JsonNode done =
          admin.upload(
              AdminClient.account(name) + "/import" + (copy ? "?copy=true" : ""),
              car,
              "application/vnd.ipld.car");
      spec.commandLine()
          .getOut()
          .printf(
              "imported %d records, root %s%n",
              done.path("records").asLong(), done.path("data").asText());
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IllegalStateException refused) {
      String hint = copy ? "" : " (--copy takes over the records of somebody else's repository)";
      throw new IllegalStateException(
          "nothing was imported: " + PlainWords.of(refused) + hint, refused);
    }
  }
}
