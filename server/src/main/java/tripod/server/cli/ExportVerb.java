package tripod.server.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Gives data out. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes an account's repository into a CAR file.",
    footer = {"", "Example:", "  tripod export alice --car repo.car"})
final class ExportVerb implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @Parameters(paramLabel = "NAME", description = "the account to export")
  private String name = "";

  @Option(
      names = "--car",
      required = true,
      paramLabel = "FILE",
      description = "where to write the repository")
  private Path car = Path.of("");

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private ExportVerb() {}

  @Override
  public Integer call() {
    try (AdminClient admin = AdminClient.open(server.given())) {
      admin.download(AdminClient.account(name) + "/repo.car", car.toAbsolutePath());
      spec.commandLine().getOut().println("written " + car);
      spec.commandLine().getOut().flush();
      return 0;
    }
  }
}
