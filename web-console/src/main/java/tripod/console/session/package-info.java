/**
 * Signing in and out, and the checks every page passes first.
 *
 * <p>Main type: {@link tripod.console.session.Guard}. Its rule: a handler of the console runs
 * behind the guard, which knows the visitor and has checked where a change comes from (SEC-52,
 * SEC-53).
 */
@NullMarked
package tripod.console.session;

import org.jspecify.annotations.NullMarked;
