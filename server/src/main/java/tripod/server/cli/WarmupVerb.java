package tripod.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import tripod.server.wiring.Warmup;

/** Runs the server's usual paths once, for the training of an ahead-of-time cache. */
@Command(name = "warmup", hidden = true, description = "Exercises the server once and ends.")
final class WarmupVerb implements Callable<Integer> {
  private WarmupVerb() {}

  @Override
  public Integer call() {
    Warmup.run(System.getenv());
    return 0;
  }
}
