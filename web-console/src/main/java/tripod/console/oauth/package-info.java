/**
 * The pages between an app and a person: sign in, choose, consent; and the list of what came of it.
 *
 * <p>Main type: {@link tripod.console.oauth.Authorize}. Its rule: a page says exactly what will be
 * granted, and nothing is granted by opening one (SEC-53, SEC-56).
 */
@NullMarked
package tripod.console.oauth;

import org.jspecify.annotations.NullMarked;
