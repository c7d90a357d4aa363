package tripod.identity.token;

import java.time.Instant;
import java.util.List;
import tripod.identity.Secret;
import tripod.syntax.PodId;

/** Passwords for single programs: named, listed, ended one by one; never the account's own. */
public interface AppPasswords {
  /**
   * Makes one, {@code xxxx-xxxx-xxxx-xxxx}, shown this once.
   *
   * @throws tripod.identity.IdentityFailure.Conflict if the name is used
   */
  Made create(PodId pod, String name, boolean privileged);

  /** Lists them, the newest first, without the passwords. */
  List<Listed> list(PodId pod);

  /** Ends one with its sessions; one that is not there is no fault. */
  void revoke(PodId pod, String name);

  /**
   * One that was made now.
   *
   * @param name its name
   * @param password the password
   * @param created when
   * @param privileged whether it reaches messages
   */
  record Made(String name, Secret password, Instant created, boolean privileged) {}

  /**
   * One that is there.
   *
   * @param name its name
   * @param created when
   * @param privileged whether it reaches messages
   */
  record Listed(String name, Instant created, boolean privileged) {}
}
