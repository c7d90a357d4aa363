/**
 * Which rules of access control lists count for which path.
 *
 * <p>Main type: {@link tripod.podstore.access.AclIndex}. Its rule: the nearest list alone counts,
 * and of an inherited one only what it says about members. Who somebody is, and whether a rule is
 * about them, is decided elsewhere. {@link tripod.podstore.access.VeiledStore} is beside the lists:
 * what it hides nobody sees.
 *
 * @see <a href="https://solidproject.org/TR/wac">Web Access Control</a>
 */
@NullMarked
package tripod.podstore.access;

import org.jspecify.annotations.NullMarked;
