/**
 * The one composition root: configuration, and every object of the house made in order.
 *
 * <p>Main type: {@link tripod.server.wiring.Running}. Its rule: {@code new}, {@code start}, {@code
 * close} and a table of routes, and nothing that a room should decide.
 */
@NullMarked
package tripod.server.wiring;

import org.jspecify.annotations.NullMarked;
