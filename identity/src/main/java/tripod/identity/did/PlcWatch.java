package tripod.identity.did;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.AuditLog;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer;

/**
 * Follows the log of the directory and tells a member of every operation on their identity that was
 * not made here, while a key of theirs that ranks higher can still undo it (identity-byod.md 4).
 *
 * <p>One thread asks for what is new, a page at a time, and waits; each operation that is noticed
 * is noted in the audit log in the transaction that remembers it, so it is told of once.
 */
public final class PlcWatch implements AutoCloseable {
  /** Operations asked for at once. */
  static final int PAGE = 500;

  /** Pages read before a step ends, so that none goes on for ever. */
  static final int PAGES_MAX = 20;

  private static final Logger LOG = LoggerFactory.getLogger(PlcWatch.class);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(10);

  private final String directory;
  private final Ground ground;
  private final Duration pause;
  private final InstantSource clock;
  private final Semaphore end = new Semaphore(0);
  private @Nullable Thread thread;

  /**
   * What the watch stands on.
   *
   * @param database the host's database
   * @param plc the directory
   * @param accounts whose identities are watched
   * @param dids what remembers documents
   * @param audit where it is noted
   * @param mailer how members are told
   */
  public record Ground(
      IdentityDatabase database,
      Plc plc,
      Accounts accounts,
      DidResolver dids,
      AuditLog audit,
      Mailer mailer) {}

  /**
   * Makes a watch; nothing is asked before {@link #start}.
   *
   * @param directory the directory's name, by which the place in its log is kept
   * @param pause how long to wait between two steps
   */
  public PlcWatch(String directory, Ground ground, Duration pause, InstantSource clock) {
    this.directory = directory;
    this.ground = ground;
    this.pause = pause;
    this.clock = clock;
  }

  /** Begins to watch. */
  public void start() {
    thread = Thread.ofVirtual().name("plc-watch").start(this::run);
  }

  private void run() {
    Duration wait = pause;
    try {
      do {
        try {
          step();
          wait = pause;
        } catch (IdentityFailure e) {
          wait = wait.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? wait.multipliedBy(2) : PAUSE_MAX;
          LOG.debug("the directory's log cannot be read now: {}", e.getMessage());
        } catch (RuntimeException e) {
          wait = PAUSE_MAX;
          LOG.error("the watch of the directory failed; it goes on in {}", wait, e);
        }
      } while (!end.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Reads what is new in the log; the first step of all only notes where the log ends.
   *
   * @return how many operations were noticed
   */
  public int step() {
    Optional<Instant> place = ground.database().query(this::place);
    if (place.isEmpty()) {
      keep(clock.instant());
      return 0;
    }
    Instant followed = place.get();
    int noticed = 0;
    for (int page = 0; page < PAGES_MAX; page++) {
      // An instant may have had more operations than were there when it was read: ask for it again.
      List<Plc.Exported> lines = ground.plc().export(followed.minusMillis(1), PAGE);
      noticed += noticed(lines);
      if (lines.isEmpty()) {
        break;
      }
      Instant last = lines.getLast().created();
      followed = lines.size() == PAGE && !last.isAfter(followed) ? followed.plusMillis(1) : last;
      keep(followed);
      if (lines.size() < PAGE) {
        break;
      }
    }
    return noticed;
  }

  private int noticed(List<Plc.Exported> lines) {
    Set<String> ours = ground.database().query(connection -> ours(connection, lines));
    List<Plc.Exported> foreign = new ArrayList<>();
    for (Plc.Exported line : lines) {
      Optional<Account> account =
          ours.contains(line.did().value())
              ? ground.accounts().byDid(line.did())
              : Optional.empty();
      if (account.isPresent() && remember(account.get(), line)) {
        foreign.add(line);
        tell(account.get(), line);
      }
    }
    return foreign.size();
  }

  private static Set<String> ours(Connection connection, List<Plc.Exported> lines)
      throws SQLException {
    Set<String> found = new HashSet<>();
    if (lines.isEmpty()) {
      return found;
    }
    String marks = "?, ".repeat(lines.size() - 1) + "?";
    try (PreparedStatement select =
        connection.prepareStatement("SELECT did FROM id_account WHERE did IN (" + marks + ")")) {
      for (int i = 0; i < lines.size(); i++) {
        select.setString(i + 1, lines.get(i).did().value());
      }
      try (var row = select.executeQuery()) {
        while (row.next()) {
          found.add(row.getString(1));
        }
      }
    }
    return found;
  }

  private boolean remember(Account account, Plc.Exported line) {
    return ground
        .database()
        .change(
            connection -> {
              boolean news = KnownOperations.add(connection, line.did(), line.cid());
              if (news) {
                ground
                    .audit()
                    .within(
                        new AuditLog.Event(
                            Optional.of(account.pod()),
                            "identity.operation.foreign",
                            line.cid() + " of " + line.created(),
                            Optional.empty()))
                    .run(connection);
              }
              return news;
            });
  }

  private void tell(Account account, Plc.Exported line) {
    LOG.info("an operation that was not made here changed {}", line.did());
    try {
      ground.dids().refresh(line.did());
    } catch (IdentityFailure e) {
      LOG.debug("the document of {} cannot be read now: {}", line.did(), e.getMessage());
    }
    ground.accounts().announce(account.pod());
    if (account.email().isEmpty()) {
      return;
    }
    try {
      ground
          .mailer()
          .send(
              new Mailer.Mail(
                  account.email().get(), "Your identity was changed", text(account, line)));
    } catch (IdentityFailure e) {
      LOG.warn("a member could not be told of a change: {}", e.getMessage());
    }
  }

  private static String text(Account account, Plc.Exported line) {
    return """
    The identity %s of your account %s was changed at %s by an operation that
    this server did not make:

    %s

    If it was you, or another host you asked, all is well. If not: a rotation key that ranks
    above the one that signed it can undo it until %s.
    """
        .formatted(
            line.did(),
            account.handle(),
            line.created(),
            said(line),
            line.created().plus(PlcLog.RECOVERY));
  }

  private static String said(Plc.Exported line) {
    Optional<PlcState> state;
    try {
      state = PlcOperation.parse(line.operation()).state();
    } catch (IdentityFailure.Invalid e) {
      return "  (it cannot be read here)";
    }
    return state
        .map(
            now ->
                "  names         %s%n  server        %s%n  signing key   %s%n  rotation keys %s"
                    .formatted(
                        String.join(" ", now.alsoKnownAs()),
                        Optional.ofNullable(now.services().get("atproto_pds"))
                            .map(PlcState.Service::endpoint)
                            .orElse("none"),
                        now.verificationMethods().getOrDefault("atproto", "none"),
                        String.join(" ", now.rotationKeys())))
        .orElse("  the identity was ended for good");
  }

  private Optional<Instant> place(Connection connection) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT followed FROM id_plc_watch WHERE directory = ?")) {
      select.setString(1, directory);
      try (var row = select.executeQuery()) {
        return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
      }
    }
  }

  private void keep(Instant followed) {
    ground
        .database()
        .change(
            connection -> {
              if (place(connection).filter(followed::equals).isPresent()) {
                return directory;
              }
              try (PreparedStatement delete =
                      connection.prepareStatement("DELETE FROM id_plc_watch WHERE directory = ?");
                  PreparedStatement insert =
                      connection.prepareStatement(
                          "INSERT INTO id_plc_watch (directory, followed) VALUES (?, ?)")) {
                delete.setString(1, directory);
                delete.executeUpdate();
                insert.setString(1, directory);
                insert.setLong(2, followed.toEpochMilli());
                insert.executeUpdate();
              }
              return directory;
            });
  }

  /** Stops watching; a step that is under way ends first. */
  @Override
  public void close() {
    end.release();
    Thread running = thread;
    if (running != null) {
      try {
        running.join(Duration.ofSeconds(10));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
