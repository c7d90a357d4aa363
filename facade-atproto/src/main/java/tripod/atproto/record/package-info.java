/**
 * Records: what a block says, in the words of the pivot, and back.
 *
 * <p>Main type: {@link tripod.atproto.record.DagCborCodec}. Its rule: a record is changed only
 * where what it says changed; every key that the pivot has no word for stays, and so do the bytes
 * of a record that says the same as before.
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
@NullMarked
package tripod.atproto.record;

import org.jspecify.annotations.NullMarked;
