/**
 * The grammar of ATProto's permission scopes, and what they allow.
 *
 * <p>Main types: {@link tripod.identity.scope.Permission}, one scope that was understood, and
 * {@link tripod.identity.scope.Permissions}, all of a grant. Its rule: what is not understood
 * allows nothing.
 *
 * @see <a href="https://atproto.com/specs/permission">AT Protocol: permissions</a>
 */
@NullMarked
package tripod.identity.scope;

import org.jspecify.annotations.NullMarked;
