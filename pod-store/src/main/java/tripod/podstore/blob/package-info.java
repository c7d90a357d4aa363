/**
 * Files named by the hash of their content.
 *
 * <p>Main type: {@link tripod.podstore.blob.BlobStore}. Its rule: a file is in its place, whole and
 * synced, before anything speaks of it (SEC-91); what it is called comes from its bytes, never from
 * who sent it; its type is read from its first bytes (SEC-40).
 */
@NullMarked
package tripod.podstore.blob;

import org.jspecify.annotations.NullMarked;
