package tripod.podstore.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tripod.podstore.Blobs;
import tripod.podstore.PodFailure;
import tripod.podstore.Spool;
import tripod.podstore.blob.BlobStore;
import tripod.podstore.blob.DiskRoom;
import tripod.podstore.blob.Incoming;
import tripod.podstore.blob.MagicBytes;
import tripod.podstore.blob.Received;
import tripod.podstore.blob.SharedFiles;
import tripod.podstore.blob.StoreStalled;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/** The rows of blobs; their bytes are in a {@link BlobStore}. */
final class SqlBlobs implements Blobs {
  private static final int STRIPES = 256;

  private final SqlPodStore store;
  private final BlobStore bytes;
  private final Incoming incoming;
  private final InstantSource clock;
  private final BlobCollection collection;

  /**
   * Held from a blob's bytes being in their place to its row's being durable, and while bytes are
   * removed.
   */
  private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

  SqlBlobs(
      SqlPodStore store, StoreConfig config, BlobStore bytes, DiskRoom room, InstantSource clock)
      throws IOException {
    this.store = store;
    this.bytes = bytes;
    this.incoming = new Incoming(config.dataFolder(), room);
    this.clock = clock;
    this.collection = new BlobCollection(store, this, bytes, clock);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new ReentrantLock();
    }
    adopt(new SharedFiles(config.dataFolder()));
  }

  /** Brings what the first format left in the data folder to where it is looked for now. */
  private void adopt(SharedFiles shared) throws IOException {
    if (!shared.isThere()) {
      return;
    }
    for (BlobRows.Row row : store.query(BlobRows::all)) {
      shared.giveTo(row.pod(), Cid.ofRawDigest(row.digest()));
    }
    shared.remove();
  }

  ReentrantLock stripe(PodId pod, Cid cid) {
    return stripes[Math.floorMod(cid.hashCode() * 31 + pod.hashCode(), STRIPES)];
  }

  @Override
  public Blob put(PodId pod, InputStream content, MediaType declared, long bytesMax) {
    if (!store.exists(pod)) {
      throw new PodFailure.NotFound("there is no such pod");
    }
    store.quotas().require(pod);
    try (Received received = incoming.receive(content, bytesMax)) {
      MediaType type = MagicBytes.type(received.start(), declared);
      ReentrantLock stripe = stripe(pod, received.cid());
      stripe.lock();
      try {
        return keep(pod, received, type);
      } finally {
        stripe.unlock();
      }
    } catch (StoreStalled e) {
      throw new PodFailure.Stalled("a file was not stored in time", e);
    } catch (IOException e) {
      throw new PodFailure.Unavailable("a file could not be stored", e);
    }
  }

  Spool spool() {
    try {
      return incoming.spool();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Blob keep(PodId pod, Received received, MediaType type) throws IOException {
    Cid cid = received.cid();
    byte[] digest = cid.digest();
    long now = clock.millis();
    Optional<BlobRows.Row> known = store.query(s -> BlobRows.find(s, pod, digest));
    if (known.isEmpty()) {
      return keepNew(
          new BlobRows.Row(pod, digest, received.size(), type.toString(), now, BlobRows.KEPT),
          received,
          type);
    }
    BlobRows.Row row = known.get();
    if (row.state() == BlobRows.LEAVING) {
      bytes.keep(pod, received);
    }
    store.sql().change(connection -> BlobRows.revive(connection, pod, digest, now));
    return store
        .query(s -> new Rows(s, pod.value()).blob(digest))
        .orElseGet(() -> blob(row, MediaType.parse(row.media())));
  }

  private Blob keepNew(BlobRows.Row row, Received received, MediaType type) throws IOException {
    bytes.keep(row.pod(), received);
    try {
      store
          .sql()
          .change(
              connection -> {
                BlobRows.insert(connection, row, store.quotas().bytesFor(row.pod()));
                return 0;
              });
    } catch (PodFailure.OverQuota | PodFailure.NotFound refused) {
      bytes.remove(row.pod(), received.cid());
      throw refused;
    }
    store.quotas().blobsGrew(row.pod(), row.size());
    return blob(row, type);
  }

  private static Blob blob(BlobRows.Row row, MediaType type) {
    return new Blob(
        Cid.ofRawDigest(row.digest()), type, row.size(), Instant.ofEpochMilli(row.stored()), false);
  }

  @Override
  public Optional<InputStream> open(PodId pod, Cid blob, long offset, long length) {
    try {
      return bytes.open(pod, blob, offset, length);
    } catch (StoreStalled e) {
      throw new PodFailure.Stalled("a file was not read in time", e);
    } catch (IOException e) {
      throw new PodFailure.Unavailable("a file could not be read", e);
    }
  }

  @Override
  public Collected collect() {
    return collection.round();
  }

  /** Removes the bytes of a pod whose rows are gone. */
  void removeDropped(PodId pod) {
    collection.removeDropped(pod);
  }
}
