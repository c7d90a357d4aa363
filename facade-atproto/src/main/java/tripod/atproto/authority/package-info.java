/**
 * Who says what a name means: lexicons that others publish in their repositories, found through the
 * domain name system, proved by a signature, and kept.
 *
 * <p>Main type: {@link tripod.atproto.authority.Lexicons}. Its rule: what this house has
 * definitions of its own for is never asked of anybody, and nobody waits longer than he said.
 *
 * @see <a href="https://atproto.com/specs/lexicon#lexicon-publication-and-resolution">Lexicon:
 *     publication and resolution</a>
 */
@NullMarked
package tripod.atproto.authority;

import org.jspecify.annotations.NullMarked;
