package tripod.podstore.sql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tripod.podstore.blob.BlobStore;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * Counts again what the store keeps counted, and names what differs. Runs in one snapshot; what it
 * says of files may be of a moment later.
 */
final class RowAudit {
  private final Connection connection;
  private final PodId pod;
  private final List<String> faults = new ArrayList<>();
  private final Map<Integer, String> paths = new HashMap<>();
  private final Map<Integer, Long> members = new HashMap<>();
  private final Set<String> named = new TreeSet<>();
  private final Map<Integer, Long> counted = new HashMap<>();
  private long documentBytes;

  private RowAudit(Connection connection, PodId pod) {
    this.connection = connection;
    this.pod = pod;
  }

  /** Returns a sentence for each fault. */
  static List<String> faults(Connection connection, PodId pod, BlobStore bytes)
      throws SQLException {
    var audit = new RowAudit(connection, pod);
    audit.containers();
    audit.resources();
    audit.members();
    audit.uses();
    audit.blobs(bytes);
    return audit.faults;
  }

  @FunctionalInterface
  private interface Row {
    void read(ResultSet row) throws SQLException;
  }

  private void each(String sql, Row reader) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setLong(1, pod.value());
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          reader.read(row);
        }
      }
    }
  }

  private void containers() throws SQLException {
    each(
        "SELECT path, container_id, members FROM container WHERE pod_id=?",
        row -> {
          paths.put(row.getInt(2), new String(row.getBytes(1), StandardCharsets.UTF_8));
          members.put(row.getInt(2), row.getLong(3));
        });
  }

  private void resources() throws SQLException {
    each(
        "SELECT container_id, name, aspect, kind, digest, blobs, content FROM resource"
            + " WHERE pod_id=?",
        row -> {
          int container = row.getInt(1);
          String path =
              container == ItemKey.ABOVE_ROOT
                  ? "/"
                  : paths.get(container) + new String(row.getBytes(2), StandardCharsets.UTF_8);
          if (container != ItemKey.ABOVE_ROOT && !paths.containsKey(container)) {
            faults.add("a resource is in container " + container + ", which is not there");
          }
          if (row.getInt(3) == 0) {
            counted.merge(container, 1L, Long::sum);
          }
          content(row, path);
          byte[] blobs = row.getBytes(6);
          for (int at = 0; blobs != null && at < blobs.length; at += ItemRow.DIGEST_BYTES) {
            named.add(
                HexFormat.of().formatHex(blobs, at, at + ItemRow.DIGEST_BYTES)
                    + ' '
                    + path
                    + ' '
                    + row.getInt(3));
          }
        });
  }

  private void content(ResultSet row, String path) throws SQLException {
    byte[] content = row.getBytes(7);
    byte[] digest = row.getBytes(5);
    documentBytes += content == null ? 0 : content.length;
    if (content != null
        && digest != null
        && !java.util.Arrays.equals(digest, Cid.ofDagCbor(content).digest())) {
      faults.add("the bytes at " + path + " do not have the hash that their row says");
    }
  }

  private void members() {
    members.forEach(
        (id, said) -> {
          long found = counted.getOrDefault(id, 0L);
          if (found != said) {
            faults.add(paths.get(id) + " counts " + said + " members and has " + found);
          }
        });
  }

  private void uses() throws SQLException {
    var said = new TreeSet<String>();
    each(
        "SELECT digest, path, aspect FROM blob_use WHERE pod_id=?",
        row ->
            said.add(
                HexFormat.of().formatHex(row.getBytes(1))
                    + ' '
                    + new String(row.getBytes(2), StandardCharsets.UTF_8)
                    + ' '
                    + row.getInt(3)));
    for (String use : named) {
      if (!said.contains(use)) {
        faults.add("no row says that a file is named: " + use);
      }
    }
    for (String use : said) {
      if (!named.contains(use)) {
        faults.add("a row says that a file is named, which is not so: " + use);
      }
    }
  }

  private void blobs(BlobStore bytes) throws SQLException {
    long[] blobBytes = {0};
    var missing = new HashMap<Cid, Long>();
    each(
        "SELECT digest, size, state FROM blob WHERE pod_id=?",
        row -> {
          blobBytes[0] += row.getLong(2);
          if (row.getInt(3) != BlobRows.LEAVING) {
            missing.put(Cid.ofRawDigest(row.getBytes(1)), row.getLong(2));
          }
        });
    each(
        "SELECT document_bytes, blob_bytes FROM pod WHERE pod_id=?",
        row -> {
          compare("bytes of documents", row.getLong(1), documentBytes);
          compare("bytes of files", row.getLong(2), blobBytes[0]);
        });
    try {
      Optional<Cid> after = Optional.empty();
      List<BlobStore.Kept> page;
      do {
        page = bytes.list(pod, after, BlobStore.LIST_MAX);
        for (BlobStore.Kept kept : page) {
          Long size = missing.remove(kept.cid());
          if (size != null && size != kept.size()) {
            faults.add("the file " + kept.cid() + " has not the size that its row says");
          }
          after = Optional.of(kept.cid());
        }
      } while (page.size() == BlobStore.LIST_MAX);
      missing.keySet().forEach(cid -> faults.add("the file " + cid + " has no bytes"));
    } catch (IOException e) {
      Failures.LOG.warn("looking through files", e);
      faults.add("the files cannot be looked through");
    }
  }

  private void compare(String what, long said, long found) {
    if (said != found) {
      faults.add("the pod counts " + said + " " + what + " and has " + found);
    }
  }
}
