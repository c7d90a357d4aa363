package tripod.identity.did;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import tripod.identity.IdentityDatabase;
import tripod.syntax.Did;

/** Which operations of hosted identities are no news: made here, or told of already. */
public final class KnownOperations {
  private final IdentityDatabase database;

  /** Keeps them in the host's database. */
  public KnownOperations(IdentityDatabase database) {
    this.database = database;
  }

  /** Notes an operation, before it is handed to anybody. */
  void add(Did did, PlcOperation operation) {
    database.change(
        connection -> {
          add(connection, did, operation.cid());
          return did;
        });
  }

  /** Returns the step that notes an operation within somebody else's transaction. */
  IdentityDatabase.Step adding(Did did, PlcOperation operation) {
    return connection -> add(connection, did, operation.cid());
  }

  /**
   * Notes an operation within a transaction.
   *
   * @return whether it was not known before
   */
  static boolean add(Connection connection, Did did, String cid) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM id_plc_known WHERE did = ? AND cid = ?")) {
      select.setString(1, did.value());
      select.setString(2, cid);
      try (var row = select.executeQuery()) {
        if (row.next()) {
          return false;
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO id_plc_known (did, cid) VALUES (?, ?)")) {
      insert.setString(1, did.value());
      insert.setString(2, cid);
      insert.executeUpdate();
    }
    return true;
  }
}
