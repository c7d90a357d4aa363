package tripod.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tripod.server.wiring.Running;

/** What the server would be. */
@Command(
    name = "config",
    mixinStandardHelpOptions = true,
    description = "Shows the effective configuration.",
    synopsisSubcommandLabel = "check",
    footer = {"", "Example:", "  tripod config check"})
final class ConfigVerb implements Runnable {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private ConfigVerb() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "say: config check");
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Prints every value with where it came from; secrets are masked.",
      footer = {"", "Example:", "  tripod config check --config tripod.toml"})
  void check(@Mixin ServerOptions server) {
    Running.effective(server.given(), System.getenv())
        .forEach(line -> spec.commandLine().getOut().println(line));
    spec.commandLine().getOut().flush();
  }
}
