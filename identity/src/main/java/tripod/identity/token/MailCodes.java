package tripod.identity.token;

import java.time.Duration;
import tripod.syntax.PodId;

/** Codes sent by mail: ten characters, 15 minutes, once, five tries (SEC-62). */
public interface MailCodes {
  /** How long a code is good: as the protocol's clients expect, within what SEC-62 allows. */
  Duration LIFE = Duration.ofMinutes(15);

  /** Makes a code, replacing the one before for the same purpose; {@code XXXXX-XXXXX}. */
  String create(PodId pod, Purpose purpose);

  /**
   * Uses a code up.
   *
   * @throws tripod.identity.IdentityFailure.BadToken if it is wrong or was used
   * @throws tripod.identity.IdentityFailure.ExpiredToken if it is too old
   */
  void use(PodId pod, Purpose purpose, String code);

  /**
   * Returns whose a code is that alone says so, without using it up.
   *
   * @throws tripod.identity.IdentityFailure.BadToken if it is wrong or was used
   */
  PodId whose(Purpose purpose, String code);

  /** Uses up a code that alone says whose it is, as in a password reset. */
  PodId use(Purpose purpose, String code);

  /** What a code is for. */
  enum Purpose {
    /** Confirming a mail address. */
    CONFIRM_EMAIL,
    /** Changing a mail address. */
    UPDATE_EMAIL,
    /** A new password. */
    RESET_PASSWORD,
    /** Removing the account. */
    DELETE_ACCOUNT,
    /** Signing an operation on the identity. */
    PLC_OPERATION
  }
}
