/**
 * The pages a person sees: set-up, signing in, an own account, posts, and what a stranger finds at
 * a pod's addresses.
 *
 * <p>Main type: {@link tripod.console.ConsoleFacade}. Its rules: every page works without script;
 * no state changes by GET; pages on the service host alone know a cookie (SEC-13), and every change
 * they make is checked for where it came from (SEC-53). It knows the store and identity, and no
 * other door: what a post looks like there comes through {@link tripod.console.post.PostForms}.
 */
@NullMarked
package tripod.console;

import org.jspecify.annotations.NullMarked;
