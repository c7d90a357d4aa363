package tripod.identity.token;

import java.time.Duration;
import tripod.identity.Account;
import tripod.identity.Mailer;

/**
 * What mail says, one text a purpose, in the host's name.
 *
 * @param host the name of the host, as its members know it
 * @param codeLife how long a code is good
 */
public record MailTexts(String host, Duration codeLife) {
  /**
   * Returns the mail that brings a code.
   *
   * @param to the receiver's address
   */
  public Mailer.Mail code(Account account, String to, MailCodes.Purpose purpose, String code) {
    return new Mailer.Mail(
        to,
        subject(purpose),
        """
        Hello @%s,

        %s

            %s

        The code is good for %d minutes, once. %s

        %s
        """
            .formatted(
                account.handle(),
                asked(purpose),
                code,
                codeLife.toMinutes(),
                ifNot(purpose),
                host));
  }

  /** Returns a mail that an operator wrote. */
  public Mailer.Mail fromOperator(Account account, String to, String subject, String content) {
    return new Mailer.Mail(
        to,
        subject,
        """
        Hello @%s,

        %s

        The operator of %s
        """
            .formatted(account.handle(), content.strip(), host));
  }

  private String subject(MailCodes.Purpose purpose) {
    return switch (purpose) {
      case CONFIRM_EMAIL -> "Confirm your mail address for " + host;
      case UPDATE_EMAIL -> "Update your mail address for " + host;
      case RESET_PASSWORD -> "Reset your password for " + host;
      case DELETE_ACCOUNT -> "Delete your account on " + host;
      case PLC_OPERATION -> "PLC operation: change your identity from " + host;
    };
  }

  private static String asked(MailCodes.Purpose purpose) {
    return switch (purpose) {
      case CONFIRM_EMAIL -> "to confirm that this address is yours, enter this code:";
      case UPDATE_EMAIL ->
          "you asked to give your account another mail address. To go on, enter this code:";
      case RESET_PASSWORD ->
          "somebody asked for a new password for your account. To choose one, enter this code:";
      case DELETE_ACCOUNT ->
          """
          you asked to delete your account with all that it holds. This cannot be undone.
          To delete it, enter this code:\
          """;
      case PLC_OPERATION ->
          """
          you asked to change your identity, as it is done when an account moves to another host.
          Whoever has this code can take your identity along. To go on, enter it:\
          """;
    };
  }

  private static String ifNot(MailCodes.Purpose purpose) {
    return switch (purpose) {
      case CONFIRM_EMAIL, RESET_PASSWORD -> "If it was not you who asked, do nothing.";
      case UPDATE_EMAIL, DELETE_ACCOUNT, PLC_OPERATION ->
          "If it was not you who asked, somebody knows your password: choose another one now.";
    };
  }
}
