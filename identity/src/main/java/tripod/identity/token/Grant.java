package tripod.identity.token;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/**
 * What a token allows, once it was checked.
 *
 * @param pod whose pod
 * @param did whose identity
 * @param kind what kind of sign-in it came from
 * @param scopes scopes as given, for OAuth
 * @param clientId the program, for OAuth
 * @param expires when it ends
 */
public record Grant(
    PodId pod, Did did, Kind kind, Set<String> scopes, Optional<String> clientId, Instant expires) {
  public Grant {
    scopes = Set.copyOf(scopes);
  }

  /** Says whether it stands for the account's own password. */
  public boolean isFull() {
    return kind == Kind.FULL;
  }

  /** Says whether it stands for the password or a privileged app password. */
  public boolean isPrivileged() {
    return kind == Kind.FULL || kind == Kind.APP_PRIVILEGED;
  }

  /** What kind of sign-in a grant came from. */
  public enum Kind {
    /** The account's password: {@code com.atproto.access}. */
    FULL,
    /** An app password: {@code com.atproto.appPass}. */
    APP,
    /** A privileged app password: {@code com.atproto.appPassPrivileged}. */
    APP_PRIVILEGED,
    /** The password of an account that was taken down: {@code com.atproto.takendown}. */
    TAKENDOWN,
    /** An OAuth grant; {@link Grant#scopes} say what. */
    OAUTH
  }
}
