package tripod.server.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The launcher's verbs. */
@Command(
    name = "tripod",
    mixinStandardHelpOptions = true,
    version = "tripod 0.1.0",
    description = "One pod per person, three doors: ATProto, ActivityPub and Solid.",
    footer = {
      "",
      "Examples:",
      "  tripod serve",
      "  tripod account create alice --password 'a long one'",
      "  tripod VERB --help"
    },
    subcommands = {
      ServeVerb.class,
      AccountVerb.class,
      ImportVerb.class,
      ExportVerb.class,
      TranslateVerb.class,
      DoctorVerb.class,
      TestVerb.class,
      RelaysVerb.class,
      GcBlobsVerb.class,
      ConfigVerb.class,
      BenchVerb.class,
      WarmupVerb.class,
      AutoComplete.GenerateCompletion.class,
      CommandLine.HelpCommand.class
    })
public final class TripodCommand implements Runnable {
  /** Exit status of a verb that goes on running after its command returned. */
  public static final int STAYS = -1;

  @Option(
      names = "--verbose",
      scope = CommandLine.ScopeType.INHERIT,
      description = "show traces of errors")
  @SuppressWarnings("UnusedVariable") // looked for in the arguments, since parsing may have failed
  private boolean verbose;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // the command line sets it
  private CommandLine.Model.CommandSpec spec;

  private TripodCommand() {}

  /** Makes the parser with all verbs; errors are one plain line, traces only when asked for. */
  public static CommandLine commandLine() {
    CommandLine commands = new CommandLine(new TripodCommand());
    commands.setCaseInsensitiveEnumValuesAllowed(true);
    commands.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          tell(line, PlainWords.of(failure), failure, parsed.originalArgs());
          return 1;
        });
    commands.setParameterExceptionHandler(
        (misuse, args) -> {
          CommandLine line = misuse.getCommandLine();
          String help = "see " + line.getCommandSpec().qualifiedName() + " --help";
          tell(line, PlainWords.of(misuse) + "; " + help, misuse, List.of(args));
          return 2;
        });
    return commands;
  }

  private static void tell(CommandLine line, String words, Exception failure, List<String> args) {
    PrintWriter err = line.getErr();
    err.println("tripod: " + words);
    if (args.contains("--verbose")) {
      failure.printStackTrace(err);
    }
    err.flush();
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }
}
