/**
 * Pods: resources, blobs, transactions, the journal and projections.
 *
 * <p>Main type: {@link tripod.podstore.PodStore}. Its rule: a resource is one named RDF graph in
 * the exact bytes it was written with; every change to a pod is one commit in one ordered journal;
 * what a protocol needs besides is a {@link tripod.podstore.Projection} made in the same
 * transaction. The store knows no wire format, no status code and no token, opens no socket, and
 * speaks of posts, follows and likes only in {@code tripod.podstore.social}.
 */
@NullMarked
package tripod.podstore;

import org.jspecify.annotations.NullMarked;
