/**
 * Deliveries to other servers: from the journal into a durable queue, and from there out.
 *
 * <p>Main type: {@link tripod.activitypub.delivery.DeliveryWorker}. Its rule: a crash repeats and
 * never forgets. What is due is written to the queue together with the journal number it was read
 * up to; a row leaves the queue after the peer took it. A host that is slow or dead takes its own
 * slots and nobody else's.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#delivery">ActivityPub, section 7.1</a>
 */
@NullMarked
package tripod.activitypub.delivery;

import org.jspecify.annotations.NullMarked;
