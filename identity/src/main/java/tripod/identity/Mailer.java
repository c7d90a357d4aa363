package tripod.identity;

/** Sends mail, or keeps it in the log where no mail is set up. */
@FunctionalInterface
public interface Mailer {
  /**
   * Hands a message over; returns when it was accepted, or throws {@link
   * IdentityFailure.Unavailable}.
   */
  void send(Mail mail);

  /**
   * One message.
   *
   * @param to the receiver's address
   * @param subject one line
   * @param text the body, plain text
   */
  record Mail(String to, String subject, String text) {
    @Override
    public String toString() {
      return "Mail[subject=" + subject + "]";
    }
  }
}
