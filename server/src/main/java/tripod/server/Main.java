package tripod.server;

import picocli.CommandLine;
import tripod.server.cli.TripodCommand;

/** Who is at home: reads the command line and hands it to a verb. */
public final class Main {
  private Main() {}

  /**
   * Runs one verb of the launcher and ends with its exit status: 0 done, 1 failed, 2 wrong use.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    CommandLine commands = TripodCommand.commandLine();
    int status = commands.execute(args);
    if (status != TripodCommand.STAYS) {
      System.exit(status);
    }
  }
}
