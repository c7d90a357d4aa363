/**
 * Who asks: by signature, by token, or nobody in particular; and what they may read.
 *
 * <p>Main type: {@link tripod.activitypub.visitor.Visitors}. Its rule: a signature that does not
 * hold is refused, never taken for an anonymous request.
 */
@NullMarked
package tripod.activitypub.visitor;

import org.jspecify.annotations.NullMarked;
