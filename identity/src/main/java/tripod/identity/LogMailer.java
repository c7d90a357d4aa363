package tripod.identity;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes mail to the log instead of sending it: for the lab alone, where nobody else reads it. */
public final class LogMailer implements Mailer {
  private static final Logger LOG = LoggerFactory.getLogger("tripod.mail");

  @Override
  public void send(Mail mail) {
    LOG.info("mail to {}: {}\n{}", mail.to(), mail.subject(), mail.text());
  }
}
