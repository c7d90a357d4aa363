/** main(), configuration, wiring, host routing: the one composition root. */
@NullMarked
package tripod.server;

import org.jspecify.annotations.NullMarked;
