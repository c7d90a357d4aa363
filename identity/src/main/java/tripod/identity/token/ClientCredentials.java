package tripod.identity.token;

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
