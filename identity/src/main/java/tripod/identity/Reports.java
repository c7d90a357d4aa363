package tripod.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/** What members reported to the operator, because the host has no moderation service. */
public final class Reports {
  /** How many reports of one member are kept in a day. */
  public static final int PER_DAY_MAX = 100;

  /** Longest text of a report, in characters. */
  public static final int REASON_CHARS_MAX = 20_000;

  private static final String COLUMNS = "id, reported_by, reason_type, reason, subject, made";

  private final IdentityDatabase database;
  private final InstantSource clock;

  /** Keeps reports in a database. */
  public Reports(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * One report.
   *
   * @param id its number, increasing
   * @param reportedBy who reported
   * @param reasonType the kind of reason, as the protocol names it
   * @param reason what they wrote; empty for nothing
   * @param subject what it is about, as JSON
   * @param made when
   */
  public record Report(
      long id, Did reportedBy, String reasonType, String reason, String subject, Instant made) {}

  /**
   * Keeps a report.
   *
   * @throws IdentityFailure.RateLimited if this member reported {@value #PER_DAY_MAX} times today
   * @throws IdentityFailure.Invalid if the text is too long
   */
  public Report keep(PodId pod, Did reporter, String reasonType, String reason, String subject) {
    if (reason.length() > REASON_CHARS_MAX) {
      throw new IdentityFailure.Invalid(
          "a report has at most " + REASON_CHARS_MAX + " characters, not " + reason.length());
    }
    Instant now = clock.instant();
    return database.change(
        connection -> {
          if (count(connection, pod, now.minus(Duration.ofDays(1))) >= PER_DAY_MAX) {
            throw new IdentityFailure.RateLimited(Duration.ofDays(1));
          }
          Report report =
              new Report(
                  next(connection),
                  reporter,
                  reasonType,
                  reason,
                  subject,
                  Instant.ofEpochMilli(now.toEpochMilli()));
          insert(connection, pod, report);
          return report;
        });
  }

  private static long count(Connection connection, PodId pod, Instant since) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT COUNT(*) FROM id_report WHERE pod = ? AND made > ?")) {
      select.setLong(1, pod.value());
      select.setLong(2, since.toEpochMilli());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }
  }

  private static long next(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT MAX(id) FROM id_report");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) + 1 : 1;
    }
  }

  private static void insert(Connection connection, PodId pod, Report report) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_report (id, pod, reported_by, reason_type, reason, subject, made)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, report.id());
      insert.setLong(2, pod.value());
      insert.setString(3, report.reportedBy().value());
      insert.setString(4, report.reasonType());
      insert.setString(5, report.reason());
      insert.setString(6, report.subject());
      insert.setLong(7, report.made().toEpochMilli());
      insert.executeUpdate();
    }
  }

  /** Returns open reports with a number above {@code after}, oldest first. */
  public List<Report> open(long after, int limit) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + " FROM id_report WHERE id > ? AND closed IS NULL ORDER BY id LIMIT ?")) {
            select.setLong(1, after);
            select.setInt(2, limit);
            List<Report> reports = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                reports.add(
                    new Report(
                        row.getLong(1),
                        new Did(row.getString(2)),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        Instant.ofEpochMilli(row.getLong(6))));
              }
            }
            return reports;
          }
        });
  }

  /** Closes a report and says whether it was open. */
  public boolean close(long id) {
    long now = clock.millis();
    return database.change(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE id_report SET closed = ? WHERE id = ? AND closed IS NULL")) {
            update.setLong(1, now);
            update.setLong(2, id);
            return update.executeUpdate() == 1;
          }
        });
  }
}
