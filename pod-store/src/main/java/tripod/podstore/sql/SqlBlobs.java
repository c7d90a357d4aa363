package tripod.podstore.sql;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tripod.podstore.Blobs;
import tripod.podstore.PodFailure;
import tripod.podstore.blob.BlobFolder;
import tripod.podstore.blob.DiskRoom;
import tripod.podstore.blob.MagicBytes;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/** The rows of blobs; their bytes are in a {@link BlobFolder}. */
final class SqlBlobs implements Blobs {
  /** Blobs that one step of a sweep looks at. */
  private static final int SWEEP_STEP = 500;

  private static final int STRIPES = 64;

  private final SqlPodStore store;
  private final BlobFolder folder;
  private final DiskRoom room;
  private final InstantSource clock;
  private final long podBytesMax;

  /**
   * Held from a file's being in its place to its row's being durable, and while both are removed.
   */
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  SqlBlobs(SqlPodStore store, StoreConfig config, DiskRoom room, InstantSource clock)
      throws IOException {
    this.store = store;
    this.folder = new BlobFolder(config.dataFolder());
    this.room = room;
    this.clock = clock;
    this.podBytesMax = config.podBlobBytesMax();
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
  }

  private ReentrantLock stripe(Cid cid) {
    return stripes[Math.floorMod(cid.hashCode(), STRIPES)];
  }

  @Override
  public Blob put(PodId pod, InputStream content, MediaType declared, long bytesMax) {
    if (!store.exists(pod)) {
      throw new PodFailure.NotFound("there is no such pod");
    }
    long used = usedBytes(pod);
    if (used >= podBytesMax) {
      throw new PodFailure.Full("the pod's files have reached " + podBytesMax + " bytes");
    }
    try {
      BlobFolder.Received received = folder.receive(content, bytesMax, room);
      if (used + received.size() > podBytesMax) {
        folder.discard(received);
        throw new PodFailure.Full("the pod's files may take " + podBytesMax + " bytes in all");
      }
      MediaType type = MagicBytes.type(received.start(), declared);
      ReentrantLock stripe = stripe(received.cid());
      stripe.lock();
      try {
        folder.keep(received);
        return keepRow(pod, received, type);
      } finally {
        stripe.unlock();
      }
    } catch (IOException e) {
      throw new PodFailure.Unavailable("a file could not be stored", e);
    }
  }

  private long usedBytes(PodId pod) {
    return store.query(
        session -> {
          PreparedStatement query = session.statement("SELECT SUM(size) FROM blob WHERE pod_id=?");
          query.setLong(1, pod.value());
          try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  private Blob keepRow(PodId pod, BlobFolder.Received received, MediaType type) {
    long now = clock.millis();
    byte[] digest = received.cid().digest();
    store
        .sql()
        .change(
            connection -> {
              if (!touchRow(connection, pod, digest, now)) {
                insertRow(connection, pod, digest, received.size(), type, now);
              }
              return 0;
            });
    return store.query(s -> new Rows(s, pod.value()).blob(digest)).orElseThrow();
  }

  private static boolean touchRow(Connection connection, PodId pod, byte[] digest, long now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE blob SET unused=? WHERE pod_id=? AND digest=?")) {
      update.setLong(1, now);
      update.setLong(2, pod.value());
      update.setBytes(3, digest);
      return update.executeUpdate() > 0;
    }
  }

  private static void insertRow(
      Connection connection, PodId pod, byte[] digest, long size, MediaType type, long now)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO blob (pod_id, digest, size, media_text, stored, unused)"
                + " VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, pod.value());
      insert.setBytes(2, digest);
      insert.setLong(3, size);
      insert.setString(4, type.toString());
      insert.setLong(5, now);
      insert.setLong(6, now);
      insert.executeUpdate();
    }
  }

  @Override
  public Optional<InputStream> open(Cid blob) {
    return folder.open(blob);
  }

  @Override
  public Optional<InputStream> open(Cid blob, long offset, long length) {
    return folder.open(blob, offset, length);
  }

  private record Candidate(PodId pod, byte[] digest) {}

  @Override
  public long sweep(Instant before) {
    long removed = 0;
    List<Candidate> step;
    do {
      step = unused(before);
      long gone = 0;
      for (Candidate candidate : step) {
        gone += removeUnused(candidate, before) ? 1 : 0;
      }
      removed += gone;
      if (gone == 0) {
        break; // all that is left is in use by writes that wait
      }
    } while (step.size() == SWEEP_STEP);
    try {
      folder.emptyTrash(clock.instant());
    } catch (IOException e) {
      throw new PodFailure.Unavailable("the trash could not be emptied", e);
    }
    return removed;
  }

  private List<Candidate> unused(Instant before) {
    return store.query(
        session -> {
          PreparedStatement query =
              session.statement(
                  "SELECT pod_id, digest FROM blob b WHERE unused<? AND NOT EXISTS (SELECT 1 FROM"
                      + " blob_use u WHERE u.pod_id=b.pod_id AND u.digest=b.digest) LIMIT ?");
          query.setLong(1, before.toEpochMilli());
          query.setInt(2, SWEEP_STEP);
          var found = new ArrayList<Candidate>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              found.add(new Candidate(new PodId(row.getLong(1)), row.getBytes(2)));
            }
          }
          return found;
        });
  }

  /**
   * Removes a row that is still unused when the pod's accepted writes are through: they wait in the
   * same queue before it, and while the pod is held no other is prepared.
   */
  private boolean removeUnused(Candidate candidate, Instant before) {
    boolean gone =
        store.alone(
            candidate.pod(),
            () ->
                store
                    .sql()
                    .change(
                        connection -> {
                          try (PreparedStatement delete =
                              connection.prepareStatement(
                                  "DELETE FROM blob WHERE pod_id=? AND digest=? AND unused<?"
                                      + " AND NOT EXISTS (SELECT 1 FROM blob_use u WHERE"
                                      + " u.pod_id=blob.pod_id AND u.digest=blob.digest)")) {
                            delete.setLong(1, candidate.pod().value());
                            delete.setBytes(2, candidate.digest());
                            delete.setLong(3, before.toEpochMilli());
                            return delete.executeUpdate() > 0;
                          }
                        }));
    if (gone) {
      removeUnowned(List.of(candidate.digest()));
    }
    return gone;
  }

  /** Returns the digests of all blobs of a pod. */
  List<byte[]> digestsOf(PodId pod) {
    return store.query(
        session -> {
          PreparedStatement query = session.statement("SELECT digest FROM blob WHERE pod_id=?");
          query.setLong(1, pod.value());
          var digests = new ArrayList<byte[]>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              digests.add(row.getBytes(1));
            }
          }
          return digests;
        });
  }

  /** Removes the files that no pod has any more. */
  void removeUnowned(List<byte[]> digests) {
    for (byte[] digest : digests) {
      Cid cid = Cid.ofRawDigest(digest);
      ReentrantLock stripe = stripe(cid);
      stripe.lock();
      try {
        if (!isOwned(digest)) {
          folder.remove(cid, clock.instant());
        }
      } catch (IOException e) {
        throw new PodFailure.Unavailable("a file could not be removed", e);
      } finally {
        stripe.unlock();
      }
    }
  }

  private boolean isOwned(byte[] digest) {
    return store.query(
        session -> {
          PreparedStatement query =
              session.statement("SELECT pod_id FROM blob WHERE digest=? LIMIT 1");
          query.setBytes(1, digest);
          try (ResultSet row = query.executeQuery()) {
            return row.next();
          }
        });
  }
}
