/**
 * The doorway: which door answers a request.
 *
 * <p>Main type: {@link tripod.server.doorway.HostRouter}. Its rule: host, path, method and accepted
 * types decide, in this order, and two routes that could both answer stop the start.
 */
@NullMarked
package tripod.server.doorway;

import org.jspecify.annotations.NullMarked;
