/**
 * Who people are: accounts, their names, their secrets, and what was done with them.
 *
 * <p>Main type: {@link tripod.identity.Accounts}. Its rule: one person has one pod number inside
 * and four names outside (DID, handle, WebID, actor), and only {@code Accounts} turns one into
 * another. This package declares what it needs of its neighbours ({@link
 * tripod.identity.NewPodKeys}, {@link tripod.identity.DidRegistration}, {@link
 * tripod.identity.PodCreation}) and imports none of them.
 */
@NullMarked
package tripod.identity;

import org.jspecify.annotations.NullMarked;
