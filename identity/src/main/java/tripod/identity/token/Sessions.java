package tripod.identity.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Secret;
import tripod.syntax.PodId;

/**
 * Sessions of the kind that {@code com.atproto.server.createSession} makes (atproto.md 4.2): access
 * tokens of 120 minutes, refresh tokens of 90 days that rotate with two hours of grace.
 */
public interface Sessions {
  /**
   * Signs in with a password or an app password and opens a session.
   *
   * @param identifier handle, DID or mail address
   * @param allowTakendown whether the owner of an account that was taken down may come in to leave
   * @throws tripod.identity.IdentityFailure.BadPassword if they do not belong together
   * @throws tripod.identity.IdentityFailure.Inactive if the account was taken down
   */
  Session signIn(String identifier, Secret password, boolean allowTakendown);

  /** Opens a session for somebody who has been checked otherwise, as after sign-up. */
  Session open(Account account);

  /**
   * Changes a refresh token for a new pair; again within the grace gives the same successor.
   *
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it has ended or was used long ago
   * @throws tripod.identity.IdentityFailure.BadToken if it is not a refresh token of ours
   */
  Session refresh(String bearer);

  /** Ends the session of a refresh token; a token that has ended is no fault. */
  void end(String refreshBearer);

  /** Lists the sessions of an account that have not ended. */
  List<Listed> list(PodId pod);

  /** Ends one session of an account at once; one that is not there is no fault. */
  void end(PodId pod, String lineage);

  /**
   * A session that is there.
   *
   * @param lineage its id, which is no secret
   * @param kind what kind of sign-in it came from
   * @param appPassword the app password it was opened with, by name
   * @param renewed when its refresh token was made last
   */
  record Listed(String lineage, Grant.Kind kind, Optional<String> appPassword, Instant renewed) {}

  /** Ends all sessions of an account, as after a new password. */
  void endAll(PodId pod);

  /**
   * Checks an access token, from a cache after the first time.
   *
   * <p>The state of the account is the caller's question, but a session that was opened while an
   * account was taken down has its own {@link Grant.Kind}.
   *
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it has ended
   * @throws tripod.identity.IdentityFailure.BadToken if it is not an access token of ours
   */
  Grant verifyAccess(String bearer);

  /**
   * A pair of tokens.
   *
   * @param accessJwt good for 120 minutes
   * @param refreshJwt good for 90 days, once
   * @param account whose
   */
  record Session(String accessJwt, String refreshJwt, Account account) {
    @Override
    public String toString() {
      return "Session[" + account.did() + "]";
    }
  }
}
