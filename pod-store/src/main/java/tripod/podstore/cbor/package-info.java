/**
 * DAG-CBOR, the one binary form in which records have a name of their own: their hash.
 *
 * <p>Main types: {@link tripod.podstore.cbor.DagValue}, what a block says, and {@link
 * tripod.podstore.cbor.DagCbor}, its bytes. Its rule: a value has exactly one encoding, so that
 * {@code encode(decode(block))} is the block or the block is refused; nothing is allocated because
 * a length claims it (SEC-34).
 *
 * @see <a href="https://ipld.io/specs/codecs/dag-cbor/spec/">DAG-CBOR</a>
 * @see <a href="https://atproto.com/specs/data-model">AT Protocol: data model</a>
 */
@NullMarked
package tripod.podstore.cbor;

import org.jspecify.annotations.NullMarked;
