/** XRPC, lexicons, repositories, the firehose. */
@NullMarked
package tripod.atproto;

import org.jspecify.annotations.NullMarked;
