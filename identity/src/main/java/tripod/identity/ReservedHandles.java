package tripod.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import tripod.syntax.Handle;

/**
 * Handles that an operator keeps from being taken, beside those that are kept on every host. Who
 * has one already keeps it, and operators may still give one. Safe between threads.
 */
public final class ReservedHandles {
  private final IdentityDatabase database;
  private final InstantSource clock;

  /** Keeps them in a database. */
  public ReservedHandles(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Keeps a handle.
   *
   * @return whether it was not kept before
   */
  public boolean add(Handle handle) {
    long now = clock.millis();
    return database.change(
        open -> {
          if (has(open, handle)) {
            return false;
          }
          try (PreparedStatement insert =
              open.prepareStatement(
                  "INSERT INTO id_reserved_handle (handle, created) VALUES (?, ?)")) {
            insert.setString(1, handle.value());
            insert.setLong(2, now);
            return insert.executeUpdate() == 1;
          }
        });
  }

  /** Says whether a handle is kept. */
  boolean has(Handle handle) {
    return database.query(open -> has(open, handle));
  }

  private static boolean has(Connection open, Handle handle) throws SQLException {
    try (PreparedStatement select =
        open.prepareStatement("SELECT 1 FROM id_reserved_handle WHERE handle = ?")) {
      select.setString(1, handle.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }
}
