package tripod.identity;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes sleeping accounts whose time is over: those whose owners said so when they put them to
 * sleep, and those that were moved here and never woken.
 *
 * <p>One account after the other, a bounded number a round. A removal is one transaction, so a
 * round that breaks off leaves whole accounts, and the next one goes on.
 */
public final class DueDeletions implements AutoCloseable {
  /** Most accounts removed in one round. */
  public static final int ROUND_MAX = 100;

  /** Time between two rounds. */
  public static final Duration PAUSE = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(DueDeletions.class);

  private final Accounts accounts;
  private final AccountQueries queries;
  private final InstantSource clock;
  private final ScheduledExecutorService rounds =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("identity-due-deletions").factory());

  private @Nullable ScheduledFuture<?> running;

  /** Removes accounts by a clock. */
  public DueDeletions(Accounts accounts, AccountQueries queries, InstantSource clock) {
    this.accounts = accounts;
    this.queries = queries;
    this.clock = clock;
  }

  /** Begins: one round soon, the others in pauses. */
  public void start() {
    running = rounds.scheduleWithFixedDelay(this::tryRound, 1, PAUSE.toSeconds(), TimeUnit.SECONDS);
  }

  private void tryRound() {
    try {
      round();
    } catch (RuntimeException e) {
      LOG.warn("a round of removals broke off; the next one goes on", e);
    }
  }

  /** Removes what is due now and returns how many accounts went. */
  public int round() {
    List<Account> due = queries.due(clock.instant(), ROUND_MAX);
    int removed = 0;
    for (Account account : due) {
      try {
        accounts.delete(account.pod());
        removed++;
      } catch (IdentityFailure.NotFound e) {
        LOG.debug("an account that was due went by itself");
      }
    }
    if (removed > 0) {
      LOG.info("{} accounts were removed, as they were due", removed);
    }
    return removed;
  }

  @Override
  public void close() {
    if (running != null) {
      running.cancel(true);
    }
    rounds.shutdownNow();
  }
}
