package tripod.server.account;

import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.account.LabServer.assertOk;
import static tripod.server.account.LabServer.assertRefused;
import static tripod.server.account.LabServer.method;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Five codes an hour: to one account whoever asks, and for one address whomever it asks about. */
class SEC_15_MailLimitsTest {
  private static final int WAIT_MAX_MS = 10_000;

  private static GreenMail mail;
  private static LabServer server;

  @BeforeAll
  static void start(@TempDir Path data) {
    String here = InetAddress.getLoopbackAddress().getHostAddress();
    mail = new GreenMail(new ServerSetup(0, here, ServerSetup.PROTOCOL_SMTP));
    mail.start();
    server =
        new LabServer(
            data,
            Map.of(
                "mail.smtp", "127.0.0.1:" + mail.getSmtp().getPort(),
                "limits.rate", "true",
                "host.trusted-proxies", "1"));
  }

  @AfterAll
  static void stop() {
    server.close();
    mail.stop();
  }

  private static RequestSpecification from(String address, RequestSpecification request) {
    return request.header("X-Forwarded-For", address);
  }

  private static Response reset(String address, String email) {
    return server.post(
        from(address, server.to()), "server.requestPasswordReset", Map.of("email", email));
  }

  private static int mailsTo(String address) throws MessagingException {
    int count = 0;
    for (MimeMessage message : mail.getReceivedMessages()) {
      count += message.getAllRecipients()[0].toString().equals(address) ? 1 : 0;
    }
    return count;
  }

  @Test
  void account_isSentFive_fromWhereverTheyAreAskedFor() throws MessagingException {
    LabServer.Member alice = server.signUp("alice");
    LabServer.Member bob = server.signUp("bobby");
    for (int i = 1; i <= 5; i++) {
      assertOk(
          from("198.51.100." + i, server.as(alice)).post(method("server.requestAccountDelete")));
    }
    assertTrue(mail.waitForIncomingEmail(WAIT_MAX_MS, 5));
    Response refused =
        from("198.51.100.6", server.as(alice)).post(method("server.requestEmailConfirmation"));
    assertRefused(refused, 429, "RateLimitExceeded");
    refused.then().header("Retry-After", notNullValue());
    // SEC-51: a reset is answered as ever, and nothing is sent.
    assertOk(reset("198.51.100.7", "alice@mail.test"));
    assertOk(from("198.51.100.6", server.as(bob)).post(method("server.requestEmailConfirmation")));
    assertTrue(mail.waitForIncomingEmail(WAIT_MAX_MS, 6));
    assertEquals(5, mailsTo("alice@mail.test"));
    assertEquals(1, mailsTo("bobby@mail.test"));
  }

  @Test
  void address_asksFiveTimes_forWhomever() {
    for (int i = 1; i <= 5; i++) {
      assertOk(reset("203.0.113.9", "nobody" + i + "@mail.test"));
    }
    assertEquals(429, reset("203.0.113.9", "nobody6@mail.test").statusCode());
    assertOk(reset("203.0.113.10", "nobody6@mail.test"));
  }

  @Test
  void handle_changesTenTimesInFiveMinutes() {
    LabServer.Member carol = server.signUp("carol");
    for (int i = 1; i <= 10; i++) {
      assertOk(
          server.post(
              server.as(carol),
              "identity.updateHandle",
              Map.of("handle", "carol" + i + ".localhost")));
    }
    assertRefused(
        server.post(
            server.as(carol), "identity.updateHandle", Map.of("handle", "carol11.localhost")),
        429,
        "RateLimitExceeded");
  }
}
