package tripod.console.setup;

import java.util.Optional;
import java.util.function.Supplier;
import tripod.identity.Secret;

/** The code that the server printed, good for one set-up (SEC-96). Safe between threads. */
public final class SetUpCode {
  private final Secret printed;
  private boolean spent;

  /**
   * Takes the code.
   *
   * @param printed as it was printed; compared in constant time
   */
  public SetUpCode(Secret printed) {
    this.printed = printed;
  }

  /** Says whether a code is the one, and still good. */
  synchronized boolean matches(String sent) {
    return printed.matches(Secret.of(sent)) && !spent;
  }

  /**
   * Uses the code for some work, alone; it stays good if the work throws.
   *
   * @return empty when the code was not good, or not any more
   */
  synchronized <T> Optional<T> spend(String sent, Supplier<T> work) {
    if (!matches(sent)) {
      return Optional.empty();
    }
    T result = work.get();
    spent = true;
    return Optional.of(result);
  }
}
