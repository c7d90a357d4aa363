package tripod.identity;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/** Takedowns in the host's database. */
public final class StoredTakedowns implements Takedowns {
  private static final int CACHED_MAX = 20_000;

  /** How long another process on the same database may show what was hidden. */
  private static final Duration STALE_MAX = Duration.ofMinutes(1);

  private static final int REFERENCE_CHARS_MAX = 1000;

  private final IdentityDatabase database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final LoadingCache<PodId, Hidden> hidden;

  /** Keeps them with a note in the audit log. */
  public StoredTakedowns(IdentityDatabase database, AuditLog audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.hidden =
        Caffeine.newBuilder()
            .maximumSize(CACHED_MAX)
            .expireAfterWrite(STALE_MAX)
            .build(pod -> database.query(open -> read(open, pod)));
  }

  @Override
  public Hidden of(PodId pod) {
    return hidden.get(pod);
  }

  private static Hidden read(Connection open, PodId pod) throws SQLException {
    try (PreparedStatement select =
        open.prepareStatement("SELECT kind, subject FROM id_takedown WHERE pod = ?")) {
      select.setLong(1, pod.value());
      Set<String> paths = new HashSet<>();
      Set<Cid> blobs = new HashSet<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          if (row.getString(1).equals("record")) {
            paths.add(row.getString(2));
          } else {
            blobs.add(Cid.parse(row.getString(2)));
          }
        }
      }
      return paths.isEmpty() && blobs.isEmpty() ? Hidden.NOTHING : new Hidden(paths, blobs);
    }
  }

  @Override
  public Optional<Takedown> find(PodId pod, Subject subject) {
    return database.query(
        open -> {
          try (PreparedStatement select =
              open.prepareStatement(
                  "SELECT reference, made FROM id_takedown"
                      + " WHERE pod = ? AND kind = ? AND subject = ?")) {
            key(select, 1, pod, subject);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Takedown(row.getString(1), Instant.ofEpochMilli(row.getLong(2))))
                  : Optional.<Takedown>empty();
            }
          }
        });
  }

  @Override
  public void hide(PodId pod, Subject subject, String reference) {
    String noted = reference.substring(0, Math.min(REFERENCE_CHARS_MAX, reference.length()));
    database.change(
        open -> {
          delete(open, pod, subject);
          try (PreparedStatement insert =
              open.prepareStatement(
                  "INSERT INTO id_takedown (pod, kind, subject, reference, made)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            key(insert, 1, pod, subject);
            insert.setString(4, noted);
            insert.setLong(5, clock.millis());
            insert.executeUpdate();
          }
          audit.within(event(pod, kind(subject) + ".hidden", subject)).run(open);
          return subject;
        });
    hidden.invalidate(pod);
  }

  @Override
  public void show(PodId pod, Subject subject) {
    database.change(
        open -> {
          if (delete(open, pod, subject)) {
            audit.within(event(pod, kind(subject) + ".shown", subject)).run(open);
          }
          return subject;
        });
    hidden.invalidate(pod);
  }

  private static boolean delete(Connection open, PodId pod, Subject subject) throws SQLException {
    try (PreparedStatement delete =
        open.prepareStatement(
            "DELETE FROM id_takedown WHERE pod = ? AND kind = ? AND subject = ?")) {
      key(delete, 1, pod, subject);
      return delete.executeUpdate() > 0;
    }
  }

  private static void key(PreparedStatement statement, int first, PodId pod, Subject subject)
      throws SQLException {
    statement.setLong(first, pod.value());
    statement.setString(first + 1, kind(subject));
    statement.setString(first + 2, name(subject));
  }

  private static String kind(Subject subject) {
    return switch (subject) {
      case Subject.AtPath r -> "record";
      case Subject.Blob b -> "blob";
    };
  }

  private static String name(Subject subject) {
    return switch (subject) {
      case Subject.AtPath(String path) -> path;
      case Subject.Blob(Cid cid) -> cid.toString();
    };
  }

  private static AuditLog.Event event(PodId pod, String event, Subject subject) {
    return new AuditLog.Event(Optional.of(pod), event, name(subject), Optional.empty());
  }
}
