/**
 * Activities as plain compact JSON: reading, and the closed family of what they can be.
 *
 * <p>Main type: {@link tripod.activitypub.activity.Activity}. Its rule: who acts on what is read
 * from the literal members of the document, never from an expanded form, so that no context can
 * rename an actor. What is not known is {@link tripod.activitypub.activity.Activity.Unknown} and is
 * kept as it came.
 *
 * @see <a href="https://www.w3.org/TR/activitystreams-core/">Activity Streams 2.0</a>
 */
@NullMarked
package tripod.activitypub.activity;

import org.jspecify.annotations.NullMarked;
