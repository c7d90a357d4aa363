package tripod.atproto.repo;

import java.nio.file.Path;
import java.time.InstantSource;

/** The process that a test kills: changes a repository for ever and says what was done. */
final class RelayChild {
  private RelayChild() {}

  /** Runs for ever; arguments: the folder, the seed. */
  public static void main(String[] arguments) {
    TestPods pods = new TestPods(Path.of(arguments[0]), InstantSource.system());
    Churn churn = new Churn(pods, Long.parseLong(arguments[1]), "c" + arguments[1]);
    for (int done = 0; ; done++) {
      if (churn.isTimeForTheAccount()) {
        churn.account();
      } else {
        churn.records();
      }
      System.out.println(done);
      System.out.flush();
    }
  }
}
