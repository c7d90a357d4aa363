package tripod.podstore.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.Blobs;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.blob.BlobStore;
import tripod.podstore.blob.BlobStoreContract;
import tripod.podstore.blob.DiskRoom;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/**
 * The contract on a server that speaks S3: it checks signatures and checksums and keeps objects.
 */
class S3BlobStoreTest extends BlobStoreContract {
  private static final String KEY = "tripod";
  private static final String SECRET = "not a secret";

  @TempDir static Path buckets;
  private static S3Proxy server;
  private String prefix = "";

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectory(buckets.resolve("pods"));
    server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(buckets.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, KEY, SECRET)
            .stopTimeout(0)
            .build();
    server.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.stop();
  }

  /** Each test has a part of the bucket to itself. */
  @BeforeEach
  void ownPrefix(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName() + "/";
  }

  private static S3Bucket bucket(String name, String prefix, String secret) {
    return new S3Bucket(
        name,
        "us-east-1",
        Optional.of(URI.create("http://127.0.0.1:" + server.getPort())),
        true,
        prefix,
        KEY,
        secret);
  }

  @Override
  protected BlobStore open() {
    // called before this class's own preparation
    return new S3BlobStore(bucket("pods", "t" + System.nanoTime() + "/", SECRET));
  }

  @Test
  void check_saysWhatIsWrong() {
    try (var good = new S3BlobStore(bucket("pods", prefix, SECRET));
        var absent = new S3BlobStore(bucket("absent", prefix, SECRET));
        var stranger = new S3BlobStore(bucket("pods", prefix, "guessed"))) {
      good.check();
      assertThrows(IllegalStateException.class, absent::check);
      assertThrows(IllegalStateException.class, stranger::check);
      assertThrows(IOException.class, () -> stranger.list(ALICE, Optional.empty(), 1));
      assertFalse(good.toString().contains(SECRET));
      assertFalse(bucket("pods", prefix, SECRET).toString().contains(SECRET));
    }
  }

  @Test
  void SEC_92_wholeLife_inABucket() throws Exception {
    var now = new AtomicLong(Instant.parse("2026-05-01T12:00:00Z").toEpochMilli());
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    Path objects = buckets.resolve("pods").resolve(prefix).resolve("blocks");
    try (SqlPodStore store =
        SqlPodStore.open(
            StoreConfig.sqlite(data),
            clock,
            List.of(),
            DiskRoom.of(data, clock),
            new S3BlobStore(bucket("pods", prefix, SECRET)))) {
      PodId pod = store.nextPodId();
      store.create(pod, PodStore.JdbcWork.NONE, writer -> 0);
      Cid cid =
          store
              .blobs()
              .put(
                  pod, new ByteArrayInputStream(new byte[100_000]), MediaType.OCTET_STREAM, 200_000)
              .cid();
      Path object = objects.resolve(Long.toString(pod.value())).resolve(cid.toString());
      assertEquals(100_000, Files.size(object));
      assertTrue(store.blobs().open(pod, cid).isPresent());
      now.addAndGet(Blobs.GRACE.plusSeconds(1).toMillis());
      assertEquals(1, store.blobs().collect().trashed());
      assertTrue(Files.exists(object));
      now.addAndGet(Blobs.TRASH.plusSeconds(1).toMillis());
      assertEquals(1, store.blobs().collect().removed());
      assertFalse(Files.exists(object));
      store
          .blobs()
          .put(pod, new ByteArrayInputStream(new byte[10]), MediaType.OCTET_STREAM, 200_000);
      store.drop(pod, PodStore.JdbcWork.NONE);
      assertFalse(Files.exists(object.getParent()) && Files.list(object.getParent()).count() > 0);
    }
  }

  @Test
  void putAndOpen_serviceSilent_isStalledAndChangesNothing() throws Exception {
    InstantSource clock = InstantSource.system();
    Duration moment = Duration.ofMillis(300);
    // It takes connections, into its backlog, and says nothing.
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        SqlPodStore store =
            SqlPodStore.open(
                StoreConfig.sqlite(data),
                clock,
                List.of(),
                DiskRoom.of(data, clock),
                new S3BlobStore(
                    new S3Bucket(
                        "pods",
                        "us-east-1",
                        Optional.of(URI.create("http://127.0.0.1:" + silent.getLocalPort())),
                        true,
                        "",
                        KEY,
                        SECRET),
                    new S3BlobStore.Patience(moment, moment, moment.multipliedBy(3))))) {
      PodId pod = store.nextPodId();
      store.create(pod, PodStore.JdbcWork.NONE, writer -> 0);
      Blobs blobs = store.blobs();
      var content = new ByteArrayInputStream(new byte[9]);
      assertThrows(
          PodFailure.Stalled.class, () -> blobs.put(pod, content, MediaType.OCTET_STREAM, 10));
      assertThrows(PodFailure.Stalled.class, () -> blobs.open(pod, Cid.ofRawDigest(new byte[32])));
      assertEquals(0, store.usage(pod).blobBytes());
    }
  }

  @Test
  void put_serviceAway_isUnavailableAndChangesNothing() throws Exception {
    InstantSource clock = InstantSource.system();
    S3Bucket nobody =
        new S3Bucket(
            "pods",
            "us-east-1",
            Optional.of(URI.create("http://127.0.0.1:1")),
            true,
            "",
            KEY,
            SECRET);
    try (SqlPodStore store =
        SqlPodStore.open(
            StoreConfig.sqlite(data),
            clock,
            List.of(),
            DiskRoom.of(data, clock),
            new S3BlobStore(nobody))) {
      PodId pod = store.nextPodId();
      store.create(pod, PodStore.JdbcWork.NONE, writer -> 0);
      assertThrows(
          PodFailure.Unavailable.class,
          () ->
              store
                  .blobs()
                  .put(pod, new ByteArrayInputStream(new byte[9]), MediaType.OCTET_STREAM, 10));
      assertEquals(0, store.usage(pod).blobBytes());
    }
  }
}
