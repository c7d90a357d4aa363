package tripod.identity.http;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.Locale;
import java.util.Properties;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer;

/**
 * Hands mail to the server that the operator named, over SMTP; one connection a message, each step
 * bounded in time.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3207">RFC 3207: STARTTLS</a>
 */
public final class SmtpMailer implements Mailer {
  /** How long connecting, and each reply and write, may take. */
  public static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final MailRelay relay;
  private final InternetAddress from;
  private final Session session;
  private final InstantSource clock;

  /** Sends through a server. */
  public SmtpMailer(MailRelay relay, InstantSource clock) {
    this.relay = relay;
    this.from = address(relay.from());
    this.clock = clock;
    this.session = Session.getInstance(properties(relay), login(relay));
  }

  private static Properties properties(MailRelay relay) {
    Properties properties = new Properties();
    String millis = String.valueOf(TIMEOUT.toMillis());
    properties.setProperty("mail.transport.protocol", "smtp");
    properties.setProperty("mail.smtp.host", relay.host());
    properties.setProperty("mail.smtp.port", String.valueOf(relay.port()));
    properties.setProperty("mail.smtp.connectiontimeout", millis);
    properties.setProperty("mail.smtp.timeout", millis);
    properties.setProperty("mail.smtp.writetimeout", millis);
    properties.setProperty("mail.smtp.localhost", domain(relay.from()));
    properties.setProperty("mail.smtp.auth", String.valueOf(relay.login().isPresent()));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    properties.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    switch (relay.tls()) {
      case NEVER -> {}
      case OFFERED -> properties.setProperty("mail.smtp.starttls.enable", "true");
      case REQUIRED -> {
        properties.setProperty("mail.smtp.starttls.enable", "true");
        properties.setProperty("mail.smtp.starttls.required", "true");
      }
      case IMPLICIT -> properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return properties;
  }

  private static Authenticator login(MailRelay relay) {
    return new Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return relay
            .login()
            .map(login -> new PasswordAuthentication(login.user(), login.password().reveal()))
            .orElseThrow(() -> new IllegalStateException("there is no login"));
      }
    };
  }

  /**
   * {@inheritDoc}
   *
   * @throws IdentityFailure.InvalidEmail if the address is none, or the server takes no mail for it
   * @throws IdentityFailure.Unavailable if the server cannot be reached, does not trust us or is
   *     not to be trusted
   */
  @Override
  public void send(Mail mail) {
    InternetAddress to = address(mail.to());
    try {
      Transport.send(message(mail, to));
    } catch (SendFailedException e) {
      if (e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0) {
        throw new IdentityFailure.InvalidEmail("no mail can be sent to this address");
      }
      throw new IdentityFailure.Unavailable("mail cannot be sent now", e);
    } catch (MessagingException e) {
      throw new IdentityFailure.Unavailable("mail cannot be sent now", e);
    }
  }

  private MimeMessage message(Mail mail, InternetAddress to) throws MessagingException {
    MimeMessage message = new MimeMessage(session);
    message.setFrom(from);
    message.setRecipient(Message.RecipientType.TO, to);
    message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834, section 5
    return message;
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }

  private static String domain(String address) {
    return address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
  }

  /** Refuses what could begin another line, name a second receiver or bear a comment. */
  private static InternetAddress address(String text) {
    boolean plain =
        text.indexOf('@') > 0
            && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && "<>,;:\\\"()[]".indexOf(c) < 0);
    try {
      if (plain) {
        return new InternetAddress(text, true);
      }
    } catch (AddressException e) {
      throw new IdentityFailure.InvalidEmail("no address that mail can be sent to");
    }
    throw new IdentityFailure.InvalidEmail("no address that mail can be sent to");
  }

  @Override
  public String toString() {
    return "SmtpMailer[" + relay + "]";
  }
}
