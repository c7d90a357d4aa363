/**
 * Making an account and showing all its addresses.
 *
 * <p>Main type: {@link tripod.console.member.NewMember}. Its rule: one flow ends with every name
 * that the person has got.
 */
@NullMarked
package tripod.console.member;

import org.jspecify.annotations.NullMarked;
