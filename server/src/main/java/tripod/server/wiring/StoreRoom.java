package tripod.server.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Projection;
import tripod.podstore.blob.DiskRoom;
import tripod.podstore.s3.S3BlobStore;
import tripod.podstore.s3.S3Bucket;
import tripod.podstore.sql.DataFolder;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;

/**
 * How much pods may keep, and where.
 *
 * @param podBytesMax most bytes that one pod may take up, unless it has a quota of its own
 * @param bucket where the files are; empty keeps them in the data folder
 */
record StoreRoom(long podBytesMax, Optional<S3Bucket> bucket) {
  static StoreRoom of(Settings settings) {
    return new StoreRoom(
        bytes(settings, "limits.pod-bytes", StoreConfig.POD_BYTES_MAX),
        settings.text("blobs.s3-bucket").map(name -> bucket(name, settings)));
  }

  private static S3Bucket bucket(String name, Settings settings) {
    return new S3Bucket(
        name,
        settings.text("blobs.s3-region", "us-east-1"),
        settings.text("blobs.s3-endpoint").map(URI::create),
        settings.flag("blobs.s3-path-style"),
        settings.text("blobs.s3-prefix", ""),
        needed(settings.text("blobs.s3-access-key"), "blobs.s3-access-key"),
        needed(settings.secret("blobs.s3-secret-key"), "blobs.s3-secret-key"));
  }

  private static String needed(Optional<String> value, String key) {
    return value.orElseThrow(
        () -> new IllegalArgumentException(key + " is missing; a bucket needs it"));
  }

  private static long bytes(Settings settings, String key, long fallback) {
    String text = settings.text(key, String.valueOf(fallback));
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          key + " must be a number of bytes, not " + text, malformed);
    }
  }

  /**
   * Opens the store. What speaks to a bucket is loaded only where there is one.
   *
   * @throws IllegalStateException in plain words, when the bucket cannot be used
   */
  SqlPodStore open(StoreConfig config, InstantSource clock, List<Projection> projections) {
    if (bucket.isEmpty()) {
      return SqlPodStore.open(config, clock, projections);
    }
    S3BlobStore files = new S3BlobStore(bucket.get());
    boolean opened = false;
    try {
      files.check();
      Path data = DataFolder.make(config.dataFolder());
      SqlPodStore store =
          SqlPodStore.open(config, clock, projections, DiskRoom.of(data, clock), files);
      opened = true;
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!opened) {
        files.close();
      }
    }
  }
}
