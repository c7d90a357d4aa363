package tripod.podstore.s3;

import java.net.URI;
import java.util.Optional;

/**
 * A bucket and how to get in.
 *
 * @param name the bucket's name; it must exist
 * @param region its region; services that have none take any
 * @param endpoint the service's address; empty for the usual one of the region
 * @param pathStyle whether the bucket is in the path and not in the host name
 * @param prefix what all keys begin with; empty, or ending in a slash
 * @param accessKey the access key's id
 * @param secretKey the access key's secret
 */
public record S3Bucket(
    String name,
    String region,
    Optional<URI> endpoint,
    boolean pathStyle,
    String prefix,
    String accessKey,
    String secretKey) {
  public S3Bucket {
    if (!prefix.isEmpty() && !prefix.endsWith("/")) {
      throw new IllegalArgumentException("a prefix of keys ends with a slash: " + prefix);
    }
  }

  @Override
  public String toString() {
    return "S3Bucket[" + name + ", " + region + ", " + endpoint.map(URI::toString).orElse("") + "]";
  }
}
