/**
 * What a stranger finds with a browser at a pod's own addresses.
 *
 * <p>Main types: {@link tripod.console.page.ProfilePage} and {@link tripod.console.page.PostPage}.
 * Its rule: it shows what {@link tripod.podstore.social.PublicGate} admits and nothing else, and
 * never sees a cookie (SEC-13).
 */
@NullMarked
package tripod.console.page;

import org.jspecify.annotations.NullMarked;
