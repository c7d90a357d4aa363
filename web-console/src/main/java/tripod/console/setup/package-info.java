/**
 * The first steps on a new server: its landing page, and making the first host with the printed
 * code.
 *
 * <p>Main type: {@link tripod.console.setup.SetUp}. Its rule: no password is made up here, and the
 * code works once (SEC-96).
 */
@NullMarked
package tripod.console.setup;

import org.jspecify.annotations.NullMarked;
