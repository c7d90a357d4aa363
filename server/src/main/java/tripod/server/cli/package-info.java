/**
 * The launcher's verbs, a class each.
 *
 * <p>Main type: {@link tripod.server.cli.TripodCommand}. Its rule: a verb talks to the server of
 * its data folder, and starts one inside itself when none runs; errors are one plain line on
 * standard error; exit status 0 done, 1 failed, 2 wrong use.
 */
@NullMarked
package tripod.server.cli;

import org.jspecify.annotations.NullMarked;
