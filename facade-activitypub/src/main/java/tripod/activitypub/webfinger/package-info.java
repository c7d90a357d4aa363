/**
 * How others find members and what this server is: WebFinger, host-meta, NodeInfo.
 *
 * <p>Main type: {@link tripod.activitypub.webfinger.WebFinger}. Its rule: whoever is asked for, by
 * whichever of their names, is answered with one subject.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7033">RFC 7033: WebFinger</a>
 */
@NullMarked
package tripod.activitypub.webfinger;

import org.jspecify.annotations.NullMarked;
