/**
 * The JSON form of records.
 *
 * <p>Main type: {@link tripod.atproto.json.RecordJson}. Its rule: nothing that the data model
 * cannot say is let in, and what comes out is written straight from a record's bytes.
 *
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
@NullMarked
package tripod.atproto.json;

import org.jspecify.annotations.NullMarked;
