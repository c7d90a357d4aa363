package tripod.identity.token;

import java.util.Optional;
import tripod.syntax.PodId;

/**
 * What a checked token rests on, for what stays open after the request that brought the token
 * (SEC-61).
 *
 * @param pod the account of this host that must be active, if it is one of this host
 * @param grant what must not have been revoked, if the token came of something that can be
 */
public record Standing(Optional<PodId> pod, Optional<String> grant) {
  /** Of somebody who is not of this host, or said nothing: nothing here can end it. */
  public static final Standing FREE = new Standing(Optional.empty(), Optional.empty());

  /** Makes what rests on an account alone. */
  public static Standing of(PodId pod) {
    return new Standing(Optional.of(pod), Optional.empty());
  }

  /** Returns this without what can be revoked. */
  Standing ofAccount() {
    return new Standing(pod, Optional.empty());
  }
}
