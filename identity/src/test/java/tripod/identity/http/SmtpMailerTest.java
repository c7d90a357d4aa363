package tripod.identity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer.Mail;

class SmtpMailerTest {
  private static List<String> relay(ServerSocket server, String replyToRcpt) throws Exception {
    List<String> lines = new ArrayList<>();
    try (var socket = server.accept()) {
      var in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      var out = socket.getOutputStream();
      out.write("220 relay\r\n".getBytes());
      boolean data = false;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        lines.add(line);
        String reply =
            data
                ? (line.equals(".") ? "250 taken" : "")
                : line.startsWith("EHLO")
                    ? "250-relay\r\n250 SIZE"
                    : line.startsWith("RCPT")
                        ? replyToRcpt
                        : line.equals("DATA") ? "354 go on" : "250 ok";
        data = (data || line.equals("DATA")) && !line.equals(".");
        if (!reply.isEmpty()) {
          out.write((reply + "\r\n").getBytes());
        }
      }
    }
    return lines;
  }

  private static CompletableFuture<List<String>> start(ServerSocket server, String rcpt) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return relay(server, rcpt);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void send_plainRelay_getsTheMessage() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var lines = start(server, "250 ok");
      var mailer =
          new SmtpMailer("127.0.0.1", server.getLocalPort(), "a@host.test", java.time.Instant::now);
      mailer.send(new Mail("b@mail.test", "Grüße\r\nBcc: x@y.z", "code ÄBC\n.\nend"));
      List<String> seen = lines.get();
      assertTrue(seen.contains("RCPT TO:<b@mail.test>"));
      assertTrue(seen.stream().noneMatch(line -> line.startsWith("Bcc")));
      String body = seen.get(seen.indexOf("") + 1);
      assertEquals("code ÄBC\n.\nend", new String(Base64.getMimeDecoder().decode(body)));
    }
  }

  @Test
  void send_plainSubject_isReadableAsItIs() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var lines = start(server, "250 ok");
      var mailer =
          new SmtpMailer("127.0.0.1", server.getLocalPort(), "a@host.test", java.time.Instant::now);
      mailer.send(new Mail("b@mail.test", "Reset your password", "code"));
      assertTrue(lines.get().contains("Subject: Reset your password"));
    }
  }

  @Test
  void send_refusedOrMalformed_saysSo() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      start(server, "550 no");
      var mailer =
          new SmtpMailer("127.0.0.1", server.getLocalPort(), "a@host.test", java.time.Instant::now);
      assertThrows(
          IdentityFailure.Unavailable.class, () -> mailer.send(new Mail("b@mail.test", "s", "t")));
      assertThrows(
          IdentityFailure.InvalidEmail.class,
          () -> mailer.send(new Mail("b@mail.test>\r\nDATA", "s", "t")));
    }
  }
}
