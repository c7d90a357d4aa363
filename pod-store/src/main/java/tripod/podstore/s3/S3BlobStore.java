package tripod.podstore.s3;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import tripod.podstore.blob.BlobStore;
import tripod.podstore.blob.Received;
import tripod.podstore.blob.StoreStalled;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.SyntaxException;

/**
 * Blobs as objects of a bucket, {@code blocks/POD/CID}.
 *
 * <p>A blob comes in through the incoming folder, where it gets its name, and goes to its key in
 * one request that the service carries out wholly or not at all, and only if the bytes have the
 * hash that the name says: no half object is ever under a key, so none needs a temporary one. The
 * only class that may use the service's library (SEC-01; adr/0009).
 */
public final class S3BlobStore implements BlobStore {
  /** How long one attempt of a request may take. */
  private static final Duration ATTEMPT_MAX = Duration.ofSeconds(60);

  /** How long a request may take with all its attempts. */
  private static final Duration CALL_MAX = Duration.ofSeconds(150);

  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(20);

  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int NOT_FOUND = 404;

  private final S3Client service;
  private final S3Bucket bucket;

  /**
   * How long things may take.
   *
   * @param silence without a byte
   * @param attempt one attempt of a request
   * @param call a request with all its attempts
   */
  record Patience(Duration silence, Duration attempt, Duration call) {}

  /** Gets ready to use a bucket; connects only when something is asked of it. */
  public S3BlobStore(S3Bucket bucket) {
    this(bucket, new Patience(SILENCE_MAX, ATTEMPT_MAX, CALL_MAX));
  }

  S3BlobStore(S3Bucket bucket, Patience patience) {
    this.bucket = bucket;
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(bucket.region()))
            .forcePathStyle(bucket.pathStyle())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(bucket.accessKey(), bucket.secretKey())))
            // Services that only speak like S3 do not all know the newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_MAX)
                    .socketTimeout(patience.silence()))
            .overrideConfiguration(
                limits ->
                    limits
                        .apiCallAttemptTimeout(patience.attempt())
                        .apiCallTimeout(patience.call()));
    bucket.endpoint().ifPresent(builder::endpointOverride);
    this.service = builder.build();
  }

  /**
   * Asks whether the bucket is there, so that a mistake in the configuration shows at the start.
   *
   * @throws IllegalStateException in plain words, when it is not, or may not be used
   */
  public void check() {
    try {
      service.headBucket(request -> request.bucket(bucket.name()));
    } catch (SdkException e) {
      throw new IllegalStateException(
          "the bucket " + bucket.name() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Tells a service that is silent from one that refuses or is not there. */
  private static IOException failure(String message, SdkException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApiCallTimeoutException
          || cause instanceof ApiCallAttemptTimeoutException
          || cause instanceof SocketTimeoutException) {
        return new StoreStalled(message, failed);
      }
    }
    return new IOException(message, failed);
  }

  private String folder(PodId pod) {
    return bucket.prefix() + "blocks/" + pod.value() + "/";
  }

  private String key(PodId pod, Cid blob) {
    return folder(pod) + blob;
  }

  @Override
  public void keep(PodId pod, Received received) throws IOException {
    String hash = Base64.getEncoder().encodeToString(received.cid().digest());
    try {
      service.putObject(
          request ->
              request
                  .bucket(bucket.name())
                  .key(key(pod, received.cid()))
                  .contentType("application/octet-stream")
                  .checksumSHA256(hash),
          RequestBody.fromFile(received.file()));
    } catch (SdkException e) {
      throw failure("the bucket did not take a file", e);
    }
  }

  @Override
  public Optional<InputStream> open(PodId pod, Cid blob, long offset, long length)
      throws IOException {
    GetObjectRequest.Builder request =
        GetObjectRequest.builder().bucket(bucket.name()).key(key(pod, blob));
    if (length == 0) {
      return Optional.of(InputStream.nullInputStream());
    }
    if (offset > 0 || length != Long.MAX_VALUE) {
      String last = length == Long.MAX_VALUE ? "" : String.valueOf(offset + length - 1);
      request.range("bytes=" + offset + "-" + last);
    }
    try {
      return Optional.of(service.getObject(request.build()));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return Optional.of(InputStream.nullInputStream());
      }
      throw failure("the bucket did not give a file", e);
    } catch (SdkException e) {
      throw failure("the bucket did not give a file", e);
    }
  }

  @Override
  public void remove(PodId pod, Cid blob) throws IOException {
    remove(key(pod, blob));
  }

  private void remove(String key) throws IOException {
    try {
      service.deleteObject(request -> request.bucket(bucket.name()).key(key));
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw failure("the bucket did not remove a file", e);
      }
    } catch (SdkException e) {
      throw failure("the bucket did not remove a file", e);
    }
  }

  /** One by one: not every service that speaks like S3 knows how to remove many at once. */
  @Override
  public void removeAll(PodId pod) throws IOException {
    for (List<S3Object> page = page(pod, "", LIST_MAX);
        !page.isEmpty();
        page = page(pod, "", LIST_MAX)) {
      for (S3Object object : page) {
        remove(object.key());
      }
    }
  }

  @Override
  public List<Kept> list(PodId pod, Optional<Cid> after, int limit) throws IOException {
    List<Kept> kept = new ArrayList<>();
    int from = folder(pod).length();
    String behind = after.map(Cid::toString).orElse("");
    for (S3Object object : page(pod, behind, Math.min(limit, LIST_MAX))) {
      cid(object.key().substring(from))
          .ifPresent(cid -> kept.add(new Kept(cid, object.size(), object.lastModified())));
    }
    return kept;
  }

  private static Optional<Cid> cid(String name) {
    try {
      return Optional.of(Cid.parse(name));
    } catch (SyntaxException e) {
      return Optional.empty(); // not ours
    }
  }

  private List<S3Object> page(PodId pod, String after, int limit) throws IOException {
    String folder = folder(pod);
    try {
      return service
          .listObjectsV2(
              request ->
                  request
                      .bucket(bucket.name())
                      .prefix(folder)
                      .startAfter(folder + after)
                      .maxKeys(limit))
          .contents();
    } catch (SdkException e) {
      throw failure("the bucket did not list its files", e);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
