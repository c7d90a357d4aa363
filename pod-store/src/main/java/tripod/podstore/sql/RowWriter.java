package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tripod.podstore.Journal;

/** Turns layers and entries into batches of statements, in the order of the rows' keys. */
final class RowWriter implements AutoCloseable {
  private static final String ITEM_DELETE =
      "DELETE FROM resource WHERE pod_id=? AND container_id=? AND name=? AND aspect=?";
  private static final String CONTAINER_DELETE = "DELETE FROM container WHERE pod_id=? AND path=?";
  private static final String VALUE_DELETE =
      "DELETE FROM projection WHERE pod_id=? AND label_id=? AND item=?";
  private static final String USE_DELETE =
      "DELETE FROM blob_use WHERE pod_id=? AND digest=? AND path=? AND aspect=?";
  private static final String BLOB_UNUSED =
      "UPDATE blob SET unused=? WHERE pod_id=? AND digest=? AND state=0 AND NOT EXISTS (SELECT 1"
          + " FROM blob_use u WHERE u.pod_id=blob.pod_id AND u.digest=blob.digest)";

  /** Whoever names a blob takes it out of the trash. */
  private static final String BLOB_USED =
      "UPDATE blob SET unused=?, state=0 WHERE pod_id=? AND digest=? AND state<2";

  private static final String POD_UPDATE =
      "UPDATE pod SET rev=?, number=?, next_container=?, document_bytes=? WHERE pod_id=?";
  private static final String POD_INSERT =
      "INSERT INTO pod (rev, number, next_container, document_bytes, pod_id)"
          + " VALUES (?, ?, ?, ?, ?)";
  private static final String ENTRY =
      "INSERT INTO journal (number, pod_id, pod_number, rev, detail) VALUES (?, ?, ?, ?, ?)";

  private final Session session;
  private final StreamRows stream;
  private final String itemUpsert;
  private final String containerUpsert;
  private final String valueUpsert;
  private final String useUpsert;

  RowWriter(Session session, Dialect dialect) {
    this.session = session;
    this.stream = new StreamRows(session, dialect);
    itemUpsert =
        dialect.upsert(
            "resource",
            List.of("pod_id", "container_id", "name", "aspect"),
            List.of(
                "kind",
                "media",
                "media_text",
                "rev",
                "created",
                "modified",
                "digest",
                "size",
                "blobs",
                "content"));
    containerUpsert =
        dialect.upsert(
            "container",
            List.of("pod_id", "path"),
            List.of("container_id", "members", "rev", "modified"));
    valueUpsert =
        dialect.upsert("projection", List.of("pod_id", "label_id", "item"), List.of("content"));
    useUpsert =
        dialect.upsert("blob_use", List.of("pod_id", "digest", "path", "aspect"), List.of());
  }

  /** Does, in the thread that writes, what the first write would else wait for. */
  void prepare() {
    stream.prepare();
  }

  void insertPod(Pending.Write write) throws SQLException {
    PreparedStatement insert = session.statement(POD_INSERT);
    pod(insert, write);
    insert.executeUpdate();
  }

  private static void pod(PreparedStatement statement, Pending.Write write) throws SQLException {
    statement.setLong(1, write.rev);
    statement.setLong(2, write.number);
    statement.setInt(3, write.nextContainer);
    statement.setLong(4, write.documentBytes);
    statement.setLong(5, write.state.pod.value());
  }

  /** Writes the last row of each pod. */
  void pods(Iterable<Pending.Write> lastOfEach) throws SQLException {
    var batch = new Batch(session, POD_UPDATE);
    for (Pending.Write write : lastOfEach) {
      pod(batch.next(), write);
      batch.next().addBatch();
    }
    batch.run();
  }

  /** Writes the rows of each pod's layer. */
  void layers(SortedMap<Long, Layer> byPod, long now) throws SQLException {
    items(byPod);
    containers(byPod);
    values(byPod);
    uses(byPod, now);
  }

  private void items(SortedMap<Long, Layer> byPod) throws SQLException {
    var puts = new Batch(session, itemUpsert);
    var deletes = new Batch(session, ITEM_DELETE);
    for (Map.Entry<Long, Layer> pod : byPod.entrySet()) {
      for (Map.Entry<ItemKey, Optional<ItemRow>> item : pod.getValue().items.entrySet()) {
        Batch batch = item.getValue().isPresent() ? puts : deletes;
        PreparedStatement statement = batch.next();
        statement.setLong(1, pod.getKey());
        statement.setInt(2, item.getKey().container());
        statement.setBytes(3, item.getKey().name());
        statement.setInt(4, item.getKey().aspect());
        if (item.getValue().isPresent()) {
          item(statement, item.getValue().get());
        }
        statement.addBatch();
      }
    }
    deletes.run();
    puts.run();
  }

  private static void item(PreparedStatement statement, ItemRow row) throws SQLException {
    int media = Codes.of(row.media());
    statement.setInt(5, row.kind());
    statement.setInt(6, media);
    statement.setString(7, media == 0 ? row.media().toString() : null);
    statement.setLong(8, row.rev());
    statement.setLong(9, row.created());
    statement.setLong(10, row.modified());
    statement.setBytes(11, row.digest());
    if (row.kind() == ItemRow.FILE) {
      statement.setLong(12, row.size());
    } else {
      statement.setNull(12, java.sql.Types.BIGINT);
    }
    statement.setBytes(13, row.blobs());
    statement.setBytes(14, row.content());
  }

  private void containers(SortedMap<Long, Layer> byPod) throws SQLException {
    var puts = new Batch(session, containerUpsert);
    var deletes = new Batch(session, CONTAINER_DELETE);
    for (Map.Entry<Long, Layer> pod : byPod.entrySet()) {
      for (Map.Entry<byte[], Optional<ContainerRow>> container :
          pod.getValue().containers.entrySet()) {
        Batch batch = container.getValue().isPresent() ? puts : deletes;
        PreparedStatement statement = batch.next();
        statement.setLong(1, pod.getKey());
        statement.setBytes(2, container.getKey());
        if (container.getValue().isPresent()) {
          ContainerRow row = container.getValue().get();
          statement.setInt(3, row.id());
          statement.setLong(4, row.members());
          statement.setLong(5, row.rev());
          statement.setLong(6, row.modified());
        }
        statement.addBatch();
      }
    }
    deletes.run();
    puts.run();
  }

  private void values(SortedMap<Long, Layer> byPod) throws SQLException {
    var puts = new Batch(session, valueUpsert);
    var deletes = new Batch(session, VALUE_DELETE);
    for (Map.Entry<Long, Layer> pod : byPod.entrySet()) {
      for (Map.Entry<Integer, TreeMap<byte[], Optional<byte[]>>> label :
          pod.getValue().projections.entrySet()) {
        for (Map.Entry<byte[], Optional<byte[]>> value : label.getValue().entrySet()) {
          Batch batch = value.getValue().isPresent() ? puts : deletes;
          PreparedStatement statement = batch.next();
          statement.setLong(1, pod.getKey());
          statement.setInt(2, label.getKey());
          statement.setBytes(3, value.getKey());
          if (value.getValue().isPresent()) {
            statement.setBytes(4, value.getValue().get());
          }
          statement.addBatch();
        }
      }
    }
    deletes.run();
    puts.run();
  }

  private void uses(SortedMap<Long, Layer> byPod, long now) throws SQLException {
    var puts = new Batch(session, useUpsert);
    var deletes = new Batch(session, USE_DELETE);
    var unused = new Batch(session, BLOB_UNUSED);
    var used = new Batch(session, BLOB_USED);
    for (Map.Entry<Long, Layer> pod : byPod.entrySet()) {
      for (Map.Entry<UseKey, Boolean> use : pod.getValue().uses.entrySet()) {
        PreparedStatement statement = (use.getValue() ? puts : deletes).next();
        statement.setLong(1, pod.getKey());
        statement.setBytes(2, use.getKey().digest());
        statement.setBytes(3, use.getKey().path());
        statement.setInt(4, use.getKey().aspect());
        statement.addBatch();
        PreparedStatement mark = (use.getValue() ? used : unused).next();
        mark.setLong(1, use.getValue() ? BlobRows.IN_USE : now);
        mark.setLong(2, pod.getKey());
        mark.setBytes(3, use.getKey().digest());
        mark.addBatch();
      }
    }
    deletes.run();
    puts.run();
    unused.run();
    used.run();
  }

  void entries(List<Journal.Entry> entries) throws SQLException {
    var batch = new Batch(session, ENTRY);
    for (Journal.Entry entry : entries) {
      PreparedStatement insert = batch.next();
      insert.setLong(1, entry.number());
      insert.setLong(2, entry.pod().value());
      insert.setLong(3, entry.podNumber());
      insert.setLong(4, entry.rev().toLong());
      insert.setBytes(5, EntryDetail.encode(entry));
      insert.addBatch();
    }
    batch.run();
  }

  void emissions(List<Numbered> emissions) throws SQLException {
    stream.insert(emissions);
  }

  /** An entry of a stream, and which stream. */
  record Numbered(int label, Journal.Emission emission) {}

  @Override
  public void close() {
    stream.close();
  }
}
