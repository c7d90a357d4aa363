/**
 * Asking other services in a member's name: which service is meant, what no service may do, and
 * what is handed on.
 *
 * <p>Main type: {@link tripod.atproto.proxy.Services}. Its rule: a member's own token never leaves,
 * and everything goes through the one outgoing client.
 *
 * @see <a href="https://atproto.com/specs/xrpc#service-proxying">XRPC: service proxying</a>
 */
@NullMarked
package tripod.atproto.proxy;

import org.jspecify.annotations.NullMarked;
