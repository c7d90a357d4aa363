/**
 * The one way out: no other class of the house opens a connection to somebody else (SEC-01).
 *
 * <p>Main type: {@link tripod.identity.http.OutboundHttp}. Its rule: the addresses that were
 * checked are the addresses that are dialled, at every hop, within a limit of bytes and of time
 * (SEC-20 to SEC-25).
 */
@NullMarked
package tripod.identity.http;

import org.jspecify.annotations.NullMarked;
