/**
 * What other servers send: checked, and then done in one transaction.
 *
 * <p>Main type: {@link tripod.activitypub.inbox.PostInbox}. Its rule: who sent it is proved before
 * anything else is believed; what it embeds is believed only about the sender's own things; and
 * whatever comes, the answer is a two hundred or a four hundred.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#server-to-server-interactions">ActivityPub,
 *     section 7</a>
 */
@NullMarked
package tripod.activitypub.inbox;

import org.jspecify.annotations.NullMarked;
