package tripod.atproto.xrpc;

import tripod.identity.Account;
import tripod.identity.Mailer;
import tripod.identity.token.MailCodes;
import tripod.syntax.PodId;

/** Sends codes by mail and uses them up (atproto.md 4.4). */
final class Mails {
  private final Mailer mailer;
  private final MailCodes codes;

  Mails(Mailer mailer, MailCodes codes) {
    this.mailer = mailer;
    this.codes = codes;
  }

  /** Sends a code to the account's own address. */
  void send(Account account, MailCodes.Purpose purpose) {
    String to =
        account
            .email()
            .orElseThrow(() -> XrpcFailure.invalid("account does not have an email address"));
    String code = codes.create(account.pod(), purpose);
    mailer.send(new Mailer.Mail(to, subject(purpose), text(account, purpose, code)));
  }

  void use(PodId pod, MailCodes.Purpose purpose, String code) {
    codes.use(pod, purpose, code);
  }

  PodId use(MailCodes.Purpose purpose, String code) {
    return codes.use(purpose, code);
  }

  private static String subject(MailCodes.Purpose purpose) {
    return switch (purpose) {
      case CONFIRM_EMAIL -> "Confirm your mail address";
      case UPDATE_EMAIL -> "Update your mail address";
      case RESET_PASSWORD -> "Reset your password";
      case DELETE_ACCOUNT -> "Delete your account";
      case PLC_OPERATION -> "Sign a PLC operation for your identity";
    };
  }

  private static String text(Account account, MailCodes.Purpose purpose, String code) {
    return """
    Somebody asked for this with the account %s.

    %s: enter this code.

    %s

    It is good for half an hour, once. If it was not you, do nothing.
    """
        .formatted(account.handle(), subject(purpose), code);
  }
}
