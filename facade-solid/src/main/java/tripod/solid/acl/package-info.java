/**
 * Web Access Control as the Solid door speaks it: access lists as documents, groups, and the header
 * that tells clients what they may do.
 *
 * <p>Main type: {@link tripod.solid.acl.AccessGate}. Its rule: which rules count is the store's
 * business, what they allow is the decider's; this room only asks both, and says no in HTTP's
 * words.
 *
 * @see <a href="https://solidproject.org/TR/2024/wac-20240512">Web Access Control 1.0</a>
 */
@NullMarked
package tripod.solid.acl;

import org.jspecify.annotations.NullMarked;
