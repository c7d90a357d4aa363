/**
 * Tokens: made, checked, ended.
 *
 * <p>Main types: {@link tripod.identity.token.Sessions} for XRPC, {@link
 * tripod.identity.token.SolidTokens} for Solid, {@link tripod.identity.token.ServiceAuth} between
 * servers. Its rule: a token names its audience and is good at one door only (SEC-64); what is
 * stored of it is a hash.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449">RFC 9449: DPoP</a>
 * @see <a href="https://solidproject.org/TR/oidc">Solid-OIDC</a>
 */
@NullMarked
package tripod.identity.token;

import org.jspecify.annotations.NullMarked;
