package tripod.atproto;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.atproto.repo.RepoEvents;
import tripod.atproto.sync.RelayCalls;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/**
 * Tells the network where all repositories stand, once, after an older copy of the database was put
 * in its place: whoever knows a later head of one takes nothing of it any more until it is told
 * anew (atproto.md 2.9, section 8). Which ones those are nobody here can know.
 *
 * <p>The store says so, or a relay that has seen frames of which this database has never heard. It
 * runs behind everything else, at a pace that leaves room in what relays take of a host, and goes
 * on after a restart where it was.
 */
final class Resync implements AutoCloseable {
  /** What relays take of one host in an hour, beside one event an account (atproto.md 2.10). */
  static final int EVENTS_AN_HOUR = 2_500;

  /** How many times a relay that does not answer is asked. */
  private static final int ASKED_MAX = 5;

  private static final Duration ASKED_AGAIN = Duration.ofMinutes(1);
  private static final int PAGE = 100;

  /** The number of the restore under way, of the last one that is done, and the last pod. */
  private static final String BEGUN = "atproto.resync.begun";

  private static final String DONE = "atproto.resync.done";
  private static final String POD = "atproto.resync.pod";

  private static final Logger LOG = LoggerFactory.getLogger(Resync.class);

  private final PodStore store;
  private final Journal journal;
  private final Accounts accounts;
  private final RepoEvents events;
  private final RelayCalls relays;
  private final IntFunction<Duration> pace;
  private final long head;
  private final long passed;
  private @Nullable Thread runner;

  /**
   * Looks at where the journal stands, before anything new is written.
   *
   * @param pace how long to wait between two repositories of so many
   */
  Resync(
      PodStore store,
      Accounts accounts,
      RepoEvents events,
      RelayCalls relays,
      IntFunction<Duration> pace) {
    this.store = store;
    this.journal = store.journal();
    this.accounts = accounts;
    this.events = events;
    this.relays = relays;
    this.pace = pace;
    this.head = journal.head();
    this.passed = journal.passed();
  }

  /** Takes four fifths of what relays take. */
  static Duration pace(int repositories) {
    return Duration.ofHours(1).dividedBy((EVENTS_AN_HOUR + repositories) * 4L / 5);
  }

  void start() {
    runner = Thread.ofVirtual().name("resync").start(this::run);
  }

  private void run() {
    try {
      long due = due();
      if (due > journal.position(DONE)) {
        tellAll(due);
      }
    } catch (InterruptedException e) {
      LOG.debug("telling where repositories stand goes on at the next start", e);
    } catch (RuntimeException e) {
      LOG.warn("telling where repositories stand goes on at the next start", e);
    }
  }

  private long due() throws InterruptedException {
    long known = Math.max(journal.restored(), journal.position(BEGUN));
    if (known > journal.position(DONE)) {
      return known;
    }
    for (int asked = 1; head > 0 && head < passed; asked++) {
      List<RelayCalls.View> views = relays.views();
      if (views.stream().anyMatch(view -> view.seq().filter(this::isUnheardOf).isPresent())) {
        return passed;
      }
      if (asked == ASKED_MAX || views.stream().noneMatch(view -> view.seq().isEmpty())) {
        return 0;
      }
      TimeUnit.NANOSECONDS.sleep(ASKED_AGAIN.toNanos());
    }
    return 0;
  }

  /** Numbers that this process gives are above those that may have been given before it. */
  private boolean isUnheardOf(long seq) {
    return seq > head && seq <= passed && seq >= Journal.NUMBER_MIN;
  }

  private void tellAll(long due) throws InterruptedException {
    if (journal.position(BEGUN) != due) {
      journal.position(POD, 0);
      journal.position(BEGUN, due);
    }
    long last = journal.position(POD);
    Duration pause = pace.apply((int) Math.min(accounts.count(), Integer.MAX_VALUE / 4));
    LOG.warn(
        "this database is an older copy of itself: relays are told anew where each repository"
            + " stands, one every {} ms",
        pause.toMillis());
    Duration wait = Duration.ZERO;
    Optional<PodId> after = last == 0 ? Optional.empty() : Optional.of(new PodId(last));
    List<Account> page = accounts.list(after, PAGE);
    while (!page.isEmpty()) {
      for (Account account : page) {
        if (account.isActive()) {
          TimeUnit.NANOSECONDS.sleep(wait.toNanos());
          tell(account.pod());
          wait = pause;
        }
        journal.position(POD, account.pod().value());
      }
      page = accounts.list(Optional.of(page.getLast().pod()), PAGE);
    }
    journal.position(DONE, due);
    LOG.info("relays were told where each repository stands");
  }

  private void tell(PodId pod) {
    try {
      store.write(
          pod,
          writer -> {
            events.wentBack(writer);
            return pod;
          });
    } catch (PodFailure.NotFound e) {
      LOG.debug("an account went meanwhile", e);
    }
  }

  /** Stops; what is left is told after the next start. */
  @Override
  public void close() {
    if (runner != null) {
      runner.interrupt();
    }
  }
}
