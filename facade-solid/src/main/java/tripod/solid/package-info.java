/**
 * The Solid door: LDP, access control, patches and notifications.
 *
 * <p>Main type: {@link tripod.solid.SolidFacade}, all that another module may import. Its rule: it
 * translates between HTTP and the store, and owns nothing a member wrote.
 *
 * @see <a href="https://solidproject.org/TR/protocol">Solid Protocol</a>
 */
@NullMarked
package tripod.solid;

import org.jspecify.annotations.NullMarked;
