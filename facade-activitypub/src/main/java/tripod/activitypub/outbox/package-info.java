/**
 * What a member posts and shows: the outbox in both directions, objects and collections.
 *
 * <p>Main types: {@link tripod.activitypub.outbox.PostOutbox} and {@link
 * tripod.activitypub.outbox.OutboxPages}. Its rule: a post is a resource of the pod and the outbox
 * a view of the containers; there is no second copy (SOL-5).
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#client-to-server-interactions">ActivityPub,
 *     section 6</a>
 */
@NullMarked
package tripod.activitypub.outbox;

import org.jspecify.annotations.NullMarked;
