/**
 * The XRPC methods, one class each, named by the last word of the method.
 *
 * <p>Main type: {@link tripod.atproto.xrpc.XrpcDoor}. Its rule: a handler parses, authorises,
 * decides, reads or writes, and answers; every failure becomes a reply in {@code XrpcErrors} alone.
 *
 * @see <a href="https://atproto.com/specs/xrpc">AT Protocol: XRPC</a>
 */
@NullMarked
package tripod.atproto.xrpc;

import org.jspecify.annotations.NullMarked;
