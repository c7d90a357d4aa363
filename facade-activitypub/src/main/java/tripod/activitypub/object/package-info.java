/**
 * The objects of a pod as ActivityStreams, and the activities that tell of them.
 *
 * <p>Main types: {@link tripod.activitypub.object.ObjectView} and {@link
 * tripod.activitypub.object.Activities}. Its rule: nothing is shown that the access lists or the
 * public gate do not let through, and blind recipients are never shown.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#obj">ActivityPub, section 3</a>
 */
@NullMarked
package tripod.activitypub.object;

import org.jspecify.annotations.NullMarked;
