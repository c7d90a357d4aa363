package tripod.console.session;

import java.time.Instant;
import tripod.identity.Account;

/**
 * A signed-in browser.
 *
 * @param account who signed in
 * @param isHost whether they run the server
 * @param signedIn when they gave their password
 */
public record Session(Account account, boolean isHost, Instant signedIn) {}
