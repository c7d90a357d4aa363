package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Blobs;
import tripod.podstore.Partition;
import tripod.podstore.PodReader;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/** Reads the committed rows of one pod on one session. */
final class Rows {
  private static final String ITEM_COLUMNS =
      "kind, media, media_text, rev, created, modified, digest, size, blobs, content";
  static final String ITEM =
      "SELECT "
          + ITEM_COLUMNS
          + " FROM resource WHERE pod_id=? AND container_id=? AND name=? AND aspect=?";

  /** Members with all that their rows say. */
  static final Members WHOLE = Members.of("name, " + ITEM_COLUMNS);

  /** Members with their blocks; a file has a digest and no content. */
  static final Members BLOCKS = Members.of("name, digest, content");

  private static final String LARGEST =
      "SELECT name FROM resource WHERE pod_id=? AND container_id=?"
          + " ORDER BY pod_id DESC, container_id DESC, name DESC, aspect DESC LIMIT 1";
  private static final String CONTAINER =
      "SELECT container_id, members, rev, modified FROM container WHERE pod_id=? AND path=?";
  private static final String CONTAINERS =
      "SELECT path FROM container WHERE pod_id=? AND path>? AND path<? ORDER BY pod_id, path";
  private static final String VALUE =
      "SELECT content FROM projection WHERE pod_id=? AND label_id=? AND item=?";
  private static final String VALUES =
      "SELECT item, content FROM projection WHERE pod_id=? AND label_id=? AND item>=?";
  private static final int EACH_PAGE = 20_000;
  private static final String VALUES_UP = " ORDER BY pod_id, label_id, item LIMIT ?";
  private static final String VALUES_DOWN =
      " ORDER BY pod_id DESC, label_id DESC, item DESC LIMIT ?";
  private static final String USES =
      "SELECT path, aspect FROM blob_use WHERE pod_id=? AND digest=? ORDER BY pod_id, digest, path"
          + " LIMIT ?";
  private static final String BLOBS =
      "SELECT digest, size, media_text, stored, EXISTS (SELECT 1 FROM blob_use u WHERE"
          + " u.pod_id=b.pod_id AND u.digest=b.digest) FROM blob b WHERE pod_id=? AND state=0 AND ";
  private static final String POD =
      "SELECT rev, number, next_container, document_bytes, blob_bytes, quota_bytes FROM pod WHERE"
          + " pod_id=?";

  private final Session session;
  private final long pod;

  Rows(Session session, long pod) {
    this.session = session;
    this.pod = pod;
  }

  /** Returns the numbers below one of what the pod put into a stream. */
  List<Long> streamed(int label, long below) throws SQLException {
    return Pruning.numbersOf(session, label, new PodId(pod), 0, below);
  }

  /**
   * The row of a pod.
   *
   * @param quotaBytes the pod's own quota; empty when it has that of all
   */
  record PodRow(
      long rev,
      long number,
      int nextContainer,
      long documentBytes,
      long blobBytes,
      OptionalLong quotaBytes) {}

  /**
   * How members of a container are asked for.
   *
   * @param up behind a name
   * @param down before a name, descending
   * @param last from the end, descending
   */
  record Members(String up, String down, String last) {
    private static Members of(String columns) {
      String from =
          "SELECT " + columns + " FROM resource WHERE pod_id=? AND container_id=? AND aspect=0";
      // The order names all columns of the key: with fewer, H2 sorts instead of walking its index.
      String down = " ORDER BY pod_id DESC, container_id DESC, name DESC, aspect DESC LIMIT ?";
      return new Members(
          from + " AND name>? ORDER BY pod_id, container_id, name, aspect LIMIT ?",
          from + " AND name<?" + down,
          from + down);
    }
  }

  /** A member with the name of its row. */
  record Named(byte[] name, ItemRow row) {}

  Optional<PodRow> pod() throws SQLException {
    PreparedStatement query = session.statement(POD);
    query.setLong(1, pod);
    try (ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return Optional.empty();
      }
      long quota = row.getLong(6);
      OptionalLong own = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(quota);
      return Optional.of(
          new PodRow(
              row.getLong(1), row.getLong(2), row.getInt(3), row.getLong(4), row.getLong(5), own));
    }
  }

  Optional<ItemRow> item(ItemKey key) throws SQLException {
    PreparedStatement query = session.statement(ITEM);
    query.setLong(1, pod);
    query.setInt(2, key.container());
    query.setBytes(3, key.name());
    query.setInt(4, key.aspect());
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(item(row, 0)) : Optional.empty();
    }
  }

  private static ItemRow item(ResultSet row, int skip) throws SQLException {
    int media = row.getInt(skip + 2);
    return new ItemRow(
        row.getInt(skip + 1),
        media == 0 ? MediaType.parse(row.getString(skip + 3)) : Codes.media(media),
        row.getLong(skip + 4),
        row.getLong(skip + 5),
        row.getLong(skip + 6),
        row.getBytes(skip + 7),
        row.getLong(skip + 8),
        row.getBytes(skip + 9),
        row.getBytes(skip + 10));
  }

  /** Returns members behind a name, in either direction. */
  List<Named> members(int container, byte @Nullable [] after, boolean descending, int limit)
      throws SQLException {
    var members = new ArrayList<Named>();
    try (ResultSet row = range(WHOLE, container, after, descending, limit).executeQuery()) {
      while (row.next()) {
        members.add(new Named(row.getBytes(1), item(row, 1)));
      }
    }
    return members;
  }

  /** Returns the blocks among members behind a name, in either direction. */
  PodReader.Blocks blocks(int container, byte @Nullable [] after, boolean descending, int limit)
      throws SQLException {
    var blocks = new ArrayList<PodReader.Block>();
    byte[] last = {};
    int seen = 0;
    try (ResultSet row = range(BLOCKS, container, after, descending, limit).executeQuery()) {
      for (; row.next(); seen++) {
        last = row.getBytes(1);
        byte[] digest = row.getBytes(2);
        byte[] content = digest == null ? null : row.getBytes(3);
        if (content != null) {
          blocks.add(new PodReader.Block(text(last), Cid.ofDagCborDigest(digest), content));
        }
      }
    }
    return new PodReader.Blocks(blocks, seen < limit ? Optional.empty() : Optional.of(text(last)));
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.UTF_8);
  }

  private PreparedStatement range(
      Members members, int container, byte @Nullable [] after, boolean descending, int limit)
      throws SQLException {
    boolean fromEnd = descending && after == null;
    PreparedStatement query =
        session.statement(fromEnd ? members.last : descending ? members.down : members.up);
    query.setLong(1, pod);
    query.setInt(2, container);
    if (fromEnd) {
      query.setInt(3, limit);
    } else {
      query.setBytes(3, after == null ? new byte[0] : after);
      query.setInt(4, limit);
    }
    return query;
  }

  /** Returns the last name in a container, of whatever aspect; empty when it has none. */
  byte[] largestName(int container) throws SQLException {
    PreparedStatement query = session.statement(LARGEST);
    query.setLong(1, pod);
    query.setInt(2, container);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getBytes(1) : new byte[0];
    }
  }

  Optional<ContainerRow> container(byte[] path) throws SQLException {
    PreparedStatement query = session.statement(CONTAINER);
    query.setLong(1, pod);
    query.setBytes(2, path);
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? Optional.of(
              new ContainerRow(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)))
          : Optional.empty();
    }
  }

  /** Returns the paths of containers below one. */
  List<byte[]> containersUnder(byte[] path) throws SQLException {
    byte[] end = path.clone();
    end[end.length - 1]++; // behind the slash, before anything that begins otherwise
    PreparedStatement query = session.statement(CONTAINERS);
    query.setLong(1, pod);
    query.setBytes(2, path);
    query.setBytes(3, end);
    var paths = new ArrayList<byte[]>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        paths.add(row.getBytes(1));
      }
    }
    return paths;
  }

  Optional<byte[]> value(int label, byte[] key) throws SQLException {
    PreparedStatement query = session.statement(VALUE);
    query.setLong(1, pod);
    query.setInt(2, label);
    query.setBytes(3, key);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
    }
  }

  List<Partition.Entry> values(int label, byte[] from, byte[] to, boolean descending, int limit)
      throws SQLException {
    String sql =
        VALUES + (to.length == 0 ? "" : " AND item<?") + (descending ? VALUES_DOWN : VALUES_UP);
    PreparedStatement query = session.statement(sql);
    int next = 1;
    query.setLong(next++, pod);
    query.setInt(next++, label);
    query.setBytes(next++, from);
    if (to.length > 0) {
      query.setBytes(next++, to);
    }
    query.setInt(next, limit);
    var entries = new ArrayList<Partition.Entry>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        entries.add(new Partition.Entry(row.getBytes(1), row.getBytes(2)));
      }
    }
    return entries;
  }

  /** Visits values in ascending order, a page of rows at a time. */
  void eachValue(int label, byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor)
      throws SQLException {
    PreparedStatement query =
        session.statement(VALUES + (to.length == 0 ? "" : " AND item<?") + VALUES_UP);
    byte @Nullable [] begin = from;
    while (begin != null) {
      int next = 1;
      query.setLong(next++, pod);
      query.setInt(next++, label);
      query.setBytes(next++, begin);
      if (to.length > 0) {
        query.setBytes(next++, to);
      }
      query.setInt(next, EACH_PAGE);
      int count = 0;
      byte[] key = begin;
      try (ResultSet row = query.executeQuery()) {
        for (; row.next(); count++) {
          key = row.getBytes(1);
          visitor.accept(key, row.getBytes(2));
        }
      }
      begin = count < EACH_PAGE ? null : Arrays.copyOf(key, key.length + 1);
    }
  }

  List<UseKey> uses(byte[] digest, int limit) throws SQLException {
    PreparedStatement query = session.statement(USES);
    query.setLong(1, pod);
    query.setBytes(2, digest);
    query.setInt(3, limit);
    var uses = new ArrayList<UseKey>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        uses.add(new UseKey(digest, row.getBytes(1), row.getInt(2)));
      }
    }
    return uses;
  }

  Optional<Blobs.Blob> blob(byte[] digest) throws SQLException {
    PreparedStatement query = session.statement(BLOBS + "digest=?");
    query.setLong(1, pod);
    query.setBytes(2, digest);
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? Optional.of(blob(row)) : Optional.empty();
    }
  }

  List<Blobs.Blob> blobs(byte[] after, int limit) throws SQLException {
    PreparedStatement query = session.statement(BLOBS + "digest>? ORDER BY pod_id, digest LIMIT ?");
    query.setLong(1, pod);
    query.setBytes(2, after);
    query.setInt(3, limit);
    var blobs = new ArrayList<Blobs.Blob>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        blobs.add(blob(row));
      }
    }
    return blobs;
  }

  private static Blobs.Blob blob(ResultSet row) throws SQLException {
    return new Blobs.Blob(
        Cid.ofRawDigest(row.getBytes(1)),
        MediaType.parse(row.getString(3)),
        row.getLong(2),
        java.time.Instant.ofEpochMilli(row.getLong(4)),
        row.getBoolean(5));
  }
}
