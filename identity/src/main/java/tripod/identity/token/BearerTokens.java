package tripod.identity.token;

import java.time.Duration;
import tripod.syntax.PodId;

/**
 * Opaque bearer tokens for the ActivityPub client-to-server door: stored hashed, good there alone.
 */
public interface BearerTokens {
  /** How long a token lasts. */
  Duration LIFE = Duration.ofHours(1);

  /** The scope of tokens that may do everything at that door. */
  String ALL = "activitypub";

  /** The scope of reading alone, which {@link #ALL} holds. */
  String READ = "activitypub:read";

  /** Makes a token. */
  String issue(PodId pod, String clientId, String scope);

  /**
   * Checks a token.
   *
   * @param scope a scope it must have
   * @throws tripod.identity.IdentityFailure.BadToken if it is none of ours or has another scope
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it has ended
   */
  Grant verify(String bearer, String scope);
}
