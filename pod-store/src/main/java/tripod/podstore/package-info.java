/** Pods: resources, blobs, transactions, the journal, projections. */
@NullMarked
package tripod.podstore;

import org.jspecify.annotations.NullMarked;
