/**
 * The ActivityPub door: actors, inbox, outbox, signatures, delivery.
 *
 * <p>Main type: {@code ActivityPubFacade}, the only one that other modules see. Its rule: this room
 * owns nothing that a person wrote. What is posted here is a resource of the pod, what is shown
 * here is read from it, and what is delivered follows the journal.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/">ActivityPub</a>
 */
@NullMarked
package tripod.activitypub;

import org.jspecify.annotations.NullMarked;
