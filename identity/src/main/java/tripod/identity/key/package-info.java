/**
 * Keys: made, wrapped, used, and never shown.
 *
 * <p>Main type: {@link tripod.identity.key.PodKeys}. Its rule: a private key leaves the database
 * only sealed under its pod's key, which is sealed under the host's master key (SEC-90); signatures
 * are low-S, 64 bytes, and the same whichever library made them.
 *
 * @see <a href="https://atproto.com/specs/cryptography">AT Protocol: cryptography</a>
 */
@NullMarked
package tripod.identity.key;

import org.jspecify.annotations.NullMarked;
