/** Accounts, domains, DIDs, keys, tokens. */
@NullMarked
package tripod.identity;

import org.jspecify.annotations.NullMarked;
