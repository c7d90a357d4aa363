/**
 * Blobs in a bucket that speaks S3.
 *
 * <p>Main type: {@link tripod.podstore.s3.S3BlobStore}. Its rule: nothing of this package, nor of
 * the library beneath it, is loaded on a host whose blobs are in a folder. Where it connects to is
 * said by the host's own configuration and by nothing that comes from outside (SEC-01).
 */
@NullMarked
package tripod.podstore.s3;

import org.jspecify.annotations.NullMarked;
