/**
 * Who may do what: the one decision of the house (SEC-70).
 *
 * <p>Main type: {@link tripod.identity.access.AccessDecider}. Its rule: nothing is allowed but what
 * a rule says; a pure function of rules and agent, asked by every door.
 *
 * @see <a href="https://solidproject.org/TR/2024/wac-20240512">Web Access Control 1.0</a>
 */
@NullMarked
package tripod.identity.access;

import org.jspecify.annotations.NullMarked;
