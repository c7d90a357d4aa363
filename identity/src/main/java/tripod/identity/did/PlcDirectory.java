package tripod.identity.did;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.syntax.Did;

/** The embedded directory: the lab's own, with the rules of the public one. */
public final class PlcDirectory implements Plc {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int EXPORT_MAX = 1000;
  private static final String COLUMNS = "operation, cid, created, nullified";

  private final IdentityDatabase database;
  private final InstantSource clock;

  /** Keeps operations in the host's database. */
  public PlcDirectory(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  @Override
  public Optional<JsonNode> document(Did did) {
    return state(did).map(state -> state.document(did));
  }

  @Override
  public Optional<JsonNode> data(Did did) {
    return state(did).map(state -> state.data(did));
  }

  private Optional<PlcState> state(Did did) {
    Optional<PlcLog.Entry> last = log(did).last();
    if (last.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        last.get()
            .operation()
            .state()
            .orElseThrow(() -> new IdentityFailure.Gone("DID not available: " + did)));
  }

  @Override
  public Optional<JsonNode> last(Did did) {
    return log(did).last().map(entry -> entry.operation().json());
  }

  @Override
  public JsonNode auditLog(Did did) {
    return log(did).audit();
  }

  /** Returns the operations that hold, oldest first. */
  JsonNode operations(Did did) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    log(did).holding().forEach(entry -> json.add(entry.operation().json()));
    return json;
  }

  @Override
  public void submit(Did did, JsonNode operation) {
    PlcOperation proposed = PlcOperation.parse(operation);
    PlcLog.checkNew(proposed);
    database.change(
        connection -> {
          add(connection, did, proposed);
          return did;
        });
  }

  /** Returns the step that registers a new identity within the transaction that makes its pod. */
  IdentityDatabase.Step registration(PlcOperation genesis) {
    PlcLog.checkNew(genesis);
    return connection -> add(connection, genesis.did(), genesis);
  }

  private void add(Connection connection, Did did, PlcOperation proposed) throws SQLException {
    PlcLog before = read(connection, did);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    PlcLog after = before.plus(proposed, now);
    for (int i = 0; i < before.entries().size(); i++) {
      PlcLog.Entry entry = after.entries().get(i);
      if (entry.nullified() && !before.entries().get(i).nullified()) {
        nullify(connection, did, entry.cid());
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_plc_operation (did, cid, seq, operation, created, nullified)"
                + " SELECT ?, ?, COALESCE(MAX(seq), 0) + 1, ?, ?, 0 FROM id_plc_operation")) {
      insert.setString(1, did.value());
      insert.setString(2, proposed.cid());
      insert.setString(3, proposed.json().toString());
      insert.setLong(4, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static void nullify(Connection connection, Did did, String cid) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_plc_operation SET nullified = 1 WHERE did = ? AND cid = ?")) {
      update.setString(1, did.value());
      update.setString(2, cid);
      update.executeUpdate();
    }
  }

  private PlcLog log(Did did) {
    return database.query(connection -> read(connection, did));
  }

  private static PlcLog read(Connection connection, Did did) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM id_plc_operation WHERE did = ? ORDER BY seq")) {
      select.setString(1, did.value());
      List<PlcLog.Entry> entries = new ArrayList<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          entries.add(entry(result));
        }
      }
      return new PlcLog(did, entries);
    }
  }

  private static PlcLog.Entry entry(ResultSet result) throws SQLException {
    try {
      return new PlcLog.Entry(
          PlcOperation.parse(JSON.readTree(result.getString(1))),
          result.getString(2),
          Instant.ofEpochMilli(result.getLong(3)),
          result.getInt(4) != 0);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored operation does not read", e);
    }
  }

  /**
   * Returns operations of all identities in the order they came.
   *
   * @param after the sequence number behind which to begin
   * @param count at most 1000
   */
  List<ObjectNode> export(long after, int count) {
    return export("seq > ?", after, count);
  }

  @Override
  public List<Exported> export(Instant after, int count) {
    return exportSince(after, count).stream()
        .map(
            line ->
                new Exported(
                    new Did(line.get("did").textValue()),
                    line.get("cid").textValue(),
                    Instant.parse(line.get("createdAt").textValue()),
                    line.get("operation")))
        .toList();
  }

  /** Returns the number of the last operation, 0 when there is none. */
  long lastSeq() {
    return database.query(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT MAX(seq) FROM id_plc_operation");
              ResultSet result = select.executeQuery()) {
            return result.next() ? result.getLong(1) : 0L;
          }
        });
  }

  /** Returns operations that came after a time. */
  List<ObjectNode> exportSince(Instant after, int count) {
    return export("created > ?", after.toEpochMilli(), count);
  }

  private List<ObjectNode> export(String condition, long value, int count) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT "
                      + COLUMNS
                      + ", seq, did FROM id_plc_operation WHERE "
                      + condition
                      + " ORDER BY seq LIMIT ?")) {
            select.setLong(1, value);
            select.setInt(2, Math.clamp(count, 1, EXPORT_MAX));
            List<ObjectNode> lines = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
              while (result.next()) {
                ObjectNode line = (ObjectNode) entry(result).json(new Did(result.getString(6)));
                lines.add(line.put("seq", result.getLong(5)));
              }
            }
            return lines;
          }
        });
  }
}
