package tripod.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tripod.syntax.PodId;

/**
 * What was done with accounts, keys and rights, append-only, each entry sealed with the hash of the
 * one before (SEC-95).
 */
public final class AuditLog implements AutoCloseable {
  /** How long a whole address is kept; after that only its network. */
  public static final Duration ADDRESS_KEPT = Duration.ofDays(30);

  private static final String BEGIN = "0".repeat(64);
  private static final int DETAIL_CHARS_MAX = 2000;
  private static final int LATER_MAX = 10_000;

  private final IdentityDatabase database;
  private final InstantSource clock;
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("identity-audit").factory());
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();

  /** Writes into the host's database. */
  public AuditLog(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * An entry to be.
   *
   * @param pod whose, if anybody's
   * @param event what, as a word of the code: {@code account.created}
   * @param detail more, without secrets
   * @param address the network address it came from
   */
  public record Event(Optional<PodId> pod, String event, String detail, Optional<String> address) {}

  /**
   * An entry that is there.
   *
   * @param seq its number
   * @param atMs when, in milliseconds since 1970
   * @param event what
   * @param detail more
   */
  public record Entry(long seq, long atMs, String event, String detail) {}

  /** Appends an entry. */
  public void append(Event event) {
    database.change(
        connection -> {
          within(event).run(connection);
          return event;
        });
  }

  /**
   * Appends an entry soon, without making the caller wait for the disk: for what happens often and
   * changes nothing, such as signing in. Entries over {@value #LATER_MAX} that wait are dropped and
   * counted in the next one.
   */
  public void later(Event event) {
    if (waiting.incrementAndGet() > LATER_MAX) {
      waiting.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    writer.execute(
        () -> {
          waiting.decrementAndGet();
          long lost = dropped.getAndSet(0);
          append(
              lost == 0
                  ? event
                  : new Event(
                      event.pod(),
                      event.event(),
                      event.detail() + " (before it, " + lost + " entries were dropped)",
                      event.address()));
        });
  }

  /** Writes what waits and stops. */
  @Override
  public void close() {
    writer.close();
  }

  /** Returns the step that appends an entry in somebody else's transaction. */
  public IdentityDatabase.Step within(Event event) {
    return connection -> {
      long seq = 1;
      String before = BEGIN;
      try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT seq, hash FROM id_audit ORDER BY seq DESC LIMIT 1");
          ResultSet last = select.executeQuery()) {
        if (last.next()) {
          seq = last.getLong(1) + 1;
          before = last.getString(2);
        }
      }
      insert(connection, seq, clock.millis(), event, before);
    };
  }

  private static void insert(Connection connection, long seq, long at, Event event, String before)
      throws SQLException {
    String detail =
        event.detail().substring(0, Math.min(DETAIL_CHARS_MAX, event.detail().length()));
    long pod = event.pod().map(PodId::value).orElse(0L);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_audit (seq, at, pod, event, detail, address, hash)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, seq);
      insert.setLong(2, at);
      insert.setLong(3, pod);
      insert.setString(4, event.event());
      insert.setString(5, detail);
      insert.setString(6, event.address().orElse(null));
      insert.setString(7, hash(before, seq, at, pod, event.event(), detail));
      insert.executeUpdate();
    }
  }

  private static String hash(
      String before, long seq, long at, long pod, String event, String detail) {
    try {
      String content = String.join("\n", before, seq + " " + at + " " + pod, event, detail);
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(content.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** Returns the number of the first entry whose hash does not follow from the one before. */
  public Optional<Long> firstBroken() {
    return database.query(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement(
                      "SELECT seq, at, pod, event, detail, hash FROM id_audit ORDER BY seq");
              ResultSet row = select.executeQuery()) {
            String before = BEGIN;
            long expected = 1;
            while (row.next()) {
              long seq = row.getLong(1);
              String hash =
                  hash(
                      before,
                      seq,
                      row.getLong(2),
                      row.getLong(3),
                      row.getString(4),
                      row.getString(5));
              if (seq != expected || !hash.equals(row.getString(6))) {
                return Optional.of(expected);
              }
              before = hash;
              expected++;
            }
            return Optional.empty();
          }
        });
  }

  /** Returns a pod's entries, newest first. */
  public List<Entry> of(PodId pod, int limit) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT seq, at, event, detail FROM id_audit WHERE pod = ?"
                      + " ORDER BY seq DESC LIMIT ?")) {
            select.setLong(1, pod.value());
            select.setInt(2, limit);
            List<Entry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                entries.add(
                    new Entry(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)));
              }
            }
            return entries;
          }
        });
  }

  /** Cuts addresses to their network where they are older than {@link #ADDRESS_KEPT}. */
  public int shortenAddresses() {
    long before = clock.instant().minus(ADDRESS_KEPT).toEpochMilli();
    return database.change(
        connection -> {
          List<Long> seqs = new ArrayList<>();
          List<String> addresses = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT seq, address FROM id_audit WHERE at < ? AND address IS NOT NULL"
                      + " AND address NOT LIKE '%/%'")) {
            select.setLong(1, before);
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                seqs.add(row.getLong(1));
                addresses.add(network(row.getString(2)));
              }
            }
          }
          try (PreparedStatement update =
              connection.prepareStatement("UPDATE id_audit SET address = ? WHERE seq = ?")) {
            for (int i = 0; i < seqs.size(); i++) {
              update.setString(1, addresses.get(i));
              update.setLong(2, seqs.get(i));
              update.executeUpdate();
            }
          }
          return seqs.size();
        });
  }

  private static @Nullable String network(String address) {
    int dot = address.lastIndexOf('.');
    if (dot > 0) {
      return address.substring(0, dot) + ".0/24";
    }
    String[] parts = address.split(":", -1);
    return parts.length < 4 ? null : parts[0] + ":" + parts[1] + ":" + parts[2] + "::/48";
  }
}
