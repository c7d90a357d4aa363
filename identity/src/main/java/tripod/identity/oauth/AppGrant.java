package tripod.identity.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.syntax.PodId;

/**
 * What a person allowed an app.
 *
 * @param id its id, which is no secret
 * @param pod whose pod
 * @param clientId the app
 * @param clientName what the app calls itself
 * @param dialect how it speaks
 * @param scopes what was granted, as it was asked for
 * @param thumbprint the key its tokens are bound to; none in the Mastodon dialect
 * @param clientAuth how the app showed that it is itself
 * @param created when the person allowed it
 * @param used when it was last seen, to the hour
 * @param expires when it ends if it is not used
 */
public record AppGrant(
    String id,
    PodId pod,
    String clientId,
    Optional<String> clientName,
    Dialect dialect,
    List<String> scopes,
    Optional<String> thumbprint,
    String clientAuth,
    Instant created,
    Instant used,
    Instant expires) {
  public AppGrant {
    scopes = List.copyOf(scopes);
  }
}
