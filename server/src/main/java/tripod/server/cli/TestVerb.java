package tripod.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Is listed here for the help and the completion; the launcher runs it without coming here. */
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Runs every check and every test of the project, through Maven.",
    footer = {"", "Example:", "  tripod test -pl syntax"})
final class TestVerb implements Callable<Integer> {
  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  @Unmatched
  @SuppressWarnings({"UnusedVariable", "NullAway.Init"}) // Maven's
  private String[] arguments;

  private TestVerb() {}

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "only the launcher ./tripod runs the tests");
  }
}
