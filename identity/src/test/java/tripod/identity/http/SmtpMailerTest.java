package tripod.identity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer.Mail;
import tripod.identity.Secret;

/** Conversations with a mail server that takes what it is given. */
class SmtpMailerTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final String HERE = InetAddress.getLoopbackAddress().getHostAddress();

  private final GreenMail server =
      new GreenMail(
          new ServerSetup[] {
            new ServerSetup(0, HERE, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(0, HERE, ServerSetup.PROTOCOL_SMTPS)
          });

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private SmtpMailer mailer(MailRelay.Tls tls, Optional<MailRelay.Login> login) {
    int port =
        tls == MailRelay.Tls.IMPLICIT ? server.getSmtps().getPort() : server.getSmtp().getPort();
    return new SmtpMailer(new MailRelay(HERE, port, tls, login, "host@tripod.test"), CLOCK);
  }

  private MimeMessage received() {
    assertEquals(1, server.getReceivedMessages().length);
    return server.getReceivedMessages()[0];
  }

  @Test
  void send_plainServer_getsTheMessage() throws Exception {
    mailer(MailRelay.Tls.NEVER, Optional.empty())
        .send(new Mail("b@mail.test", "Grüße\r\nBcc: x@y.z", "code ÄBC\r\n.\r\nend"));
    MimeMessage message = received();
    assertEquals("Grüße Bcc: x@y.z", message.getSubject());
    assertEquals("code ÄBC\r\n.\r\nend", String.valueOf(message.getContent()).stripTrailing());
    assertEquals("host@tripod.test", message.getFrom()[0].toString());
    assertEquals("b@mail.test", message.getRecipients(Message.RecipientType.TO)[0].toString());
    assertNull(message.getRecipients(Message.RecipientType.BCC));
    assertEquals(Date.from(NOW), message.getSentDate());
    assertEquals("auto-generated", message.getHeader("Auto-Submitted")[0]);
  }

  @Test
  void send_plainSubject_isReadableAsItIs() throws Exception {
    mailer(MailRelay.Tls.NEVER, Optional.empty())
        .send(new Mail("b@mail.test", "Reset your password", "code"));
    assertEquals("Reset your password", received().getHeader("Subject")[0]);
  }

  @Test
  void send_malformedAddress_isRefusedBeforeAnybodyIsAsked() {
    SmtpMailer mailer = mailer(MailRelay.Tls.NEVER, Optional.empty());
    for (String bad :
        new String[] {"b@mail.test>\r\nDATA", "a@b.c,d@e.f", "no address", "a@b.c (x)", "@b.c"}) {
      assertThrows(
          IdentityFailure.InvalidEmail.class, () -> mailer.send(new Mail(bad, "s", "t")), bad);
    }
    assertEquals(0, server.getReceivedMessages().length);
  }

  @Test
  void send_serverWithoutStarttlsWhereItIsRequired_sendsNothing() {
    SmtpMailer mailer =
        mailer(
            MailRelay.Tls.REQUIRED,
            Optional.of(new MailRelay.Login("user", Secret.of("password"))));
    assertThrows(
        IdentityFailure.Unavailable.class, () -> mailer.send(new Mail("b@mail.test", "s", "t")));
    assertEquals(0, server.getReceivedMessages().length);
  }

  @Test
  void send_certificateThatNobodyVouchesFor_sendsNothing() {
    SmtpMailer mailer = mailer(MailRelay.Tls.IMPLICIT, Optional.empty());
    assertThrows(
        IdentityFailure.Unavailable.class, () -> mailer.send(new Mail("b@mail.test", "s", "t")));
    assertEquals(0, server.getReceivedMessages().length);
  }

  @Test
  void send_nobodyListens_isUnavailable() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    SmtpMailer mailer =
        new SmtpMailer(
            new MailRelay(HERE, port, MailRelay.Tls.NEVER, Optional.empty(), "h@tripod.test"),
            CLOCK);
    assertThrows(
        IdentityFailure.Unavailable.class, () -> mailer.send(new Mail("b@mail.test", "s", "t")));
  }

  @Test
  void relay_addresses_sayHowTheConnectionIsProtected() {
    Optional<MailRelay.Login> login =
        Optional.of(new MailRelay.Login("user", Secret.of("password")));
    assertEquals(
        MailRelay.Tls.NEVER, MailRelay.of("127.0.0.1:2525", Optional.empty(), "a@b.c").tls());
    assertEquals(
        MailRelay.Tls.OFFERED, MailRelay.of("mail.test:25", Optional.empty(), "a@b.c").tls());
    assertEquals(MailRelay.Tls.REQUIRED, MailRelay.of("mail.test:587", login, "a@b.c").tls());
    MailRelay implicit = MailRelay.of("smtps://mail.test", login, "a@b.c");
    assertEquals(MailRelay.Tls.IMPLICIT, implicit.tls());
    assertEquals(465, implicit.port());
    assertEquals(587, MailRelay.of("smtp://mail.test", login, "a@b.c").port());
    assertFalse(implicit.toString().contains("password"));
    for (String bad : new String[] {"mail.test", "http://mail.test", "mail.test:port"}) {
      assertThrows(
          IllegalArgumentException.class, () -> MailRelay.of(bad, Optional.empty(), "a@b.c"), bad);
    }
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> new MailRelay("h", 25, MailRelay.Tls.NEVER, login, "a@b.c"))
            .getMessage()
            .contains("TLS"));
  }
}
