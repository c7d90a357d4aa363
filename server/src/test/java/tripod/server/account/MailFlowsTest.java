package tripod.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.account.LabServer.assertOk;
import static tripod.server.account.LabServer.assertRefused;
import static tripod.server.account.LabServer.method;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.restassured.response.Response;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What needs a code that comes by mail, over a real SMTP conversation (atproto.md 4.4). */
class MailFlowsTest {
  private static final Pattern CODE = Pattern.compile("\\b[A-Z2-7]{5}-[A-Z2-7]{5}\\b");
  private static final int WAIT_MAX_MS = 10_000;

  private static GreenMail mail;
  private static LabServer server;

  @BeforeAll
  static void start(@TempDir Path data) {
    String here = InetAddress.getLoopbackAddress().getHostAddress();
    mail = new GreenMail(new ServerSetup(0, here, ServerSetup.PROTOCOL_SMTP));
    mail.start();
    server = new LabServer(data, Map.of("mail.smtp", "127.0.0.1:" + mail.getSmtp().getPort()));
  }

  @AfterAll
  static void stop() {
    server.close();
    mail.stop();
  }

  private static int mails() {
    return mail.getReceivedMessages().length;
  }

  /** Waits for one mail more and returns the code in it. */
  private static String code(int before, String to, String subject) throws Exception {
    assertTrue(mail.waitForIncomingEmail(WAIT_MAX_MS, before + 1), "no mail came");
    MimeMessage message = mail.getReceivedMessages()[before];
    assertEquals(to, message.getAllRecipients()[0].toString());
    assertTrue(message.getSubject().contains(subject), message.getSubject());
    assertEquals("tripod@localhost", message.getFrom()[0].toString());
    Matcher code = CODE.matcher(message.getContent().toString());
    assertTrue(code.find(), "no code in the mail");
    String found = code.group();
    assertTrue(!code.find(), "more than one code");
    return found;
  }

  private static Response session(LabServer.Member member) {
    return server.as(member).get(method("server.getSession"));
  }

  @Test
  void email_confirmedThenChanged_needsACodeFromTheOldAddress() throws Exception {
    LabServer.Member alice = server.signUp("alice");
    int before = mails();
    assertOk(server.as(alice).post(method("server.requestEmailConfirmation")));
    String code = code(before, "alice@mail.test", "Confirm");
    assertRefused(
        server.post(
            server.as(alice),
            "server.confirmEmail",
            Map.of("email", "other@mail.test", "token", code)),
        400,
        "InvalidEmail");
    assertRefused(
        server.post(
            server.as(alice),
            "server.confirmEmail",
            Map.of("email", "alice@mail.test", "token", "AAAAA-AAAAA")),
        400,
        "InvalidToken");
    Map<String, String> right = Map.of("email", "ALICE@mail.test", "token", code.toLowerCase());
    assertOk(server.post(server.as(alice), "server.confirmEmail", right));
    assertEquals(true, session(alice).path("emailConfirmed"));
    assertRefused(server.post(server.as(alice), "server.confirmEmail", right), 400, "InvalidToken");
    assertTrue(
        server
            .operator()
            .queryParam("did", alice.did())
            .get(method("admin.getAccountInfo"))
            .path("emailConfirmedAt")
            .toString()
            .startsWith("20"));

    before = mails();
    Response asked = server.as(alice).post(method("server.requestEmailUpdate"));
    assertEquals(true, asked.path("tokenRequired"));
    code = code(before, "alice@mail.test", "Update");
    assertRefused(
        server.post(server.as(alice), "server.updateEmail", Map.of("email", "new-alice@mail.test")),
        400,
        "TokenRequired");
    assertOk(
        server.post(
            server.as(alice),
            "server.updateEmail",
            Map.of("email", "new-alice@mail.test", "token", code)));
    assertEquals("new-alice@mail.test", session(alice).path("email"));
    assertEquals(false, session(alice).path("emailConfirmed"));
    assertEquals(
        false, server.as(alice).post(method("server.requestEmailUpdate")).path("tokenRequired"));
  }

  @Test
  void SEC_51_passwordReset_answersAlikeAndEndsSessions() throws Exception {
    LabServer.Member bob = server.signUp("bobby");
    int before = mails();
    Response unknown =
        server.post(
            server.to(), "server.requestPasswordReset", Map.of("email", "nobody@mail.test"));
    Response known =
        server.post(server.to(), "server.requestPasswordReset", Map.of("email", "Bobby@mail.test"));
    assertOk(unknown);
    assertOk(known);
    assertEquals(unknown.asString(), known.asString());
    String code = code(before, "bobby@mail.test", "Reset");
    assertRefused(
        server.post(
            server.to(),
            "server.resetPassword",
            Map.of("token", "AAAAA-AAAAA", "password", "another-Long-passw0rd")),
        400,
        "InvalidToken");
    assertOk(session(bob));
    assertOk(
        server.post(
            server.to(),
            "server.resetPassword",
            Map.of("token", code, "password", "another-Long-passw0rd")));
    assertRefused(session(bob), 400, "ExpiredToken");
    assertRefused(
        server.signIn(Map.of("identifier", "bobby@mail.test", "password", LabServer.PASSWORD)),
        401,
        "AuthenticationRequired");
    server.signedIn("bobby@mail.test", "another-Long-passw0rd");
    assertRefused(
        server.post(
            server.to(),
            "server.resetPassword",
            Map.of("token", code, "password", "a-third-Long-passw0rd")),
        400,
        "InvalidToken");
  }

  @Test
  void resetPassword_weakPassword_leavesTheCodeGood() throws Exception {
    server.signUp("walter");
    int before = mails();
    server.post(server.to(), "server.requestPasswordReset", Map.of("email", "walter@mail.test"));
    String code = code(before, "walter@mail.test", "Reset");
    assertRefused(
        server.post(
            server.to(), "server.resetPassword", Map.of("token", code, "password", "short")),
        400,
        "InvalidPassword");
    assertOk(
        server.post(
            server.to(),
            "server.resetPassword",
            Map.of("token", code, "password", "another-Long-passw0rd")));
  }

  @Test
  void deleteAccount_needsPasswordAndCode_andClosesAllDoors() throws Exception {
    LabServer.Member carol = server.signUp("carol");
    String rkey = server.write(carol, Map.of());
    int before = mails();
    assertOk(server.as(carol).post(method("server.requestAccountDelete")));
    String code = code(before, "carol@mail.test", "Delete");
    assertRefused(
        server.post(
            server.to(),
            "server.deleteAccount",
            Map.of("did", carol.did(), "password", "wrong-Long-passw0rd", "token", code)),
        401,
        "AuthenticationRequired");
    assertRefused(
        server.post(
            server.to(),
            "server.deleteAccount",
            Map.of("did", carol.did(), "password", LabServer.PASSWORD, "token", "AAAAA-AAAAA")),
        400,
        "InvalidToken");
    assertOk(
        server.post(
            server.to(),
            "server.deleteAccount",
            Map.of("did", carol.did(), "password", LabServer.PASSWORD, "token", code)));
    assertRefused(session(carol), 400, "ExpiredToken");
    assertRefused(
        server.to().queryParam("did", carol.did()).get(method("sync.getRepo")),
        400,
        "RepoNotFound");
    assertEquals(
        410,
        server
            .pod(carol)
            .header("Accept", "application/activity+json")
            .get("/social/posts/" + rkey)
            .statusCode());
    server.signUp("carol");
  }

  @Test
  void plcOperation_needsACode() throws Exception {
    LabServer.Member dave = server.signUp("davey");
    int before = mails();
    assertOk(server.as(dave).post(method("identity.requestPlcOperationSignature")));
    String code = code(before, "davey@mail.test", "identity");
    assertRefused(
        server.post(server.as(dave), "identity.signPlcOperation", Map.of("token", "AAAAA-AAAAA")),
        400,
        "InvalidToken");
    assertOk(server.post(server.as(dave), "identity.signPlcOperation", Map.of("token", code)));
  }

  @Test
  void sendEmail_ofAnOperator_arrives() throws Exception {
    LabServer.Member erin = server.signUp("erin");
    int before = mails();
    Response sent =
        server.post(
            server.operator(),
            "admin.sendEmail",
            Map.of(
                "recipientDid", erin.did(),
                "senderDid", "did:web:moderation.example",
                "subject", "About your post",
                "content", "Please read our rules."));
    assertOk(sent);
    assertEquals(true, sent.path("sent"));
    assertTrue(mail.waitForIncomingEmail(WAIT_MAX_MS, before + 1));
    MimeMessage message = mail.getReceivedMessages()[before];
    assertEquals("About your post", message.getSubject());
    assertTrue(message.getContent().toString().contains("Please read our rules."));
  }

  @Test
  void mailServerGone_isUnavailableAndNothingElse(@TempDir Path data) throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (LabServer alone = new LabServer(data, Map.of("mail.smtp", "127.0.0.1:" + port))) {
      LabServer.Member frank = alone.signUp("frank");
      assertRefused(
          alone.as(frank).post(method("server.requestAccountDelete")), 503, "NotEnoughResources");
      assertOk(
          alone.post(
              alone.to(), "server.requestPasswordReset", Map.of("email", "frank@mail.test")));
    }
  }
}
