/**
 * How doors declare the addresses they answer at, and what the doorway finds out before they are
 * asked: whose host it is, who is at the other end, and whether they ask too often.
 *
 * <p>Main type: {@link tripod.identity.route.Route}. Its rule: a route without a declaration does
 * not start (SEC-02); the table itself, and the order in which host, path, method and types decide,
 * is the server's.
 */
@NullMarked
package tripod.identity.route;

import org.jspecify.annotations.NullMarked;
