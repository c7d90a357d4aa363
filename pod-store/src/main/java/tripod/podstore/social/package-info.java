/**
 * The pivot: what a pod holds is posts, a social graph and files, and this room names those things.
 *
 * <p>Main types: {@link tripod.podstore.social.Social}, {@link tripod.podstore.social.Lens} and
 * {@link tripod.podstore.social.PublicGate}. Its rule: each door maps its wire form to the pivot
 * and back, none to another's; nothing private passes the gate.
 */
@NullMarked
package tripod.podstore.social;

import org.jspecify.annotations.NullMarked;
