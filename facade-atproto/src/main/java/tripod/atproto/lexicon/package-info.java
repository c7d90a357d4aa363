/**
 * What records of known kinds must look like.
 *
 * <p>Main type: {@link tripod.atproto.lexicon.RecordCheck}. Its rule: what a schema does not name
 * is kept, and a kind that no schema names is taken as it is.
 *
 * @see <a href="https://atproto.com/specs/lexicon">AT Protocol: lexicon</a>
 */
@NullMarked
package tripod.atproto.lexicon;

import org.jspecify.annotations.NullMarked;
