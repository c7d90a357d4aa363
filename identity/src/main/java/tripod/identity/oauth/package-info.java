/**
 * The authorization server: metadata, keys, tokens.
 *
 * <p>Main type: {@code OAuthRoutes}. Its rule: one issuer, several dialects, told apart by what the
 * client is and never by what it wishes; no grant that hands over a password.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749">RFC 6749: OAuth 2.0</a>
 * @see <a href="https://atproto.com/specs/oauth">AT Protocol: OAuth</a>
 * @see <a href="https://solidproject.org/TR/oidc">Solid-OIDC</a>
 */
@NullMarked
package tripod.identity.oauth;

import org.jspecify.annotations.NullMarked;
