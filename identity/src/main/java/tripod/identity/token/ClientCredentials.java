package tripod.identity.token;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.identity.Secret;
import tripod.syntax.PodId;

/** Credentials of scripts that act for one person: an id, and a secret that is stored hashed. */
public interface ClientCredentials {
  /** Makes a pair for a pod. */
  Made create(PodId pod, String label);

  /** Returns whose a pair is, or empty when it is none. */
  Optional<PodId> check(String clientId, Secret secret);

  /** Lists the ids of a pod's pairs. */
  List<String> list(PodId pod);

  /** Lists a pod's pairs with what they were made for. */
  List<Listed> listed(PodId pod);

  /** Says whether a pair is there, from a cache that forgets what is ended. */
  boolean isLive(String clientId);

  /**
   * A pair that is there.
   *
   * @param clientId its id
   * @param label what it was made for
   * @param created when
   */
  record Listed(String clientId, String label, Instant created) {}

  /** Ends a pair. */
  void revoke(PodId pod, String clientId);

  /**
   * A pair that was made now.
   *
   * @param clientId the id
   * @param secret the secret, shown this once
   */
  record Made(String clientId, Secret secret) {}
}
