/**
 * The firehose: every change of every public repository, in one order, to whoever listens.
 *
 * <p>Main type: {@link tripod.atproto.sync.Firehose}. Its rule: a frame is sent after it is
 * durable, and as it was stored, so that a replay is the same byte for byte.
 *
 * @see <a href="https://atproto.com/specs/event-stream">AT Protocol: event stream</a>
 * @see <a href="https://atproto.com/specs/sync#firehose">AT Protocol: firehose</a>
 */
@NullMarked
package tripod.atproto.sync;

import org.jspecify.annotations.NullMarked;
