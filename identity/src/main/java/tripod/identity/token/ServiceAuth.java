package tripod.identity.token;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/** Tokens by which one server speaks to another for a person (atproto.md 4.8, SEC-59). */
public interface ServiceAuth {
  /** How long a token lasts that names no other time. */
  Duration LIFE = Duration.ofSeconds(60);

  /**
   * Makes a token signed with the pod's repository key.
   *
   * @param audience a DID, or a DID with {@code #service}
   * @param method the one method it is good for; without one, any, for a minute at most
   */
  String mint(PodId pod, Did issuer, String audience, Optional<Nsid> method, Duration life);

  /**
   * Checks a token somebody sent us.
   *
   * @param audiences the audiences that are ours: the bare DID, or DID and fragment, compared
   *     exactly
   * @param method the method that was called
   * @throws tripod.identity.IdentityFailure.BadToken with a message beginning with the protocol's
   *     word for it, as in {@code BadJwtAudience: …}
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it has ended
   */
  Verified verify(String jwt, Set<String> audiences, Nsid method);

  /**
   * Checks a token a moderation service sent us, which it signs with the key of its labels where
   * the token says so.
   *
   * @param moderator whom alone it may come from
   * @throws tripod.identity.IdentityFailure.BadToken as {@link #verify} does; also when somebody
   *     else sent it
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it has ended
   */
  Verified verifyOfModerator(String jwt, Set<String> audiences, Nsid method, Did moderator);

  /** Says whether a bearer token is of this kind, judged by its claims and not yet checked. */
  static boolean isServiceToken(String bearer) {
    return Jws.parse(bearer).filter(token -> token.payload().path("lxm").isTextual()).isPresent();
  }

  /**
   * A token that was checked.
   *
   * @param issuer who speaks
   * @param audience whom to
   */
  record Verified(Did issuer, String audience) {}
}
