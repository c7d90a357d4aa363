package tripod.identity.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Locale;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer;

/**
 * Hands mail to a relay that the operator named, in plain SMTP: one on the same machine or network,
 * which knows the way and the secrets from there.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
 */
public final class SmtpMailer implements Mailer {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int LINE_CHARS_MAX = 2000;
  private static final int HEADER_CHARS_MAX = 200;
  private static final int REPLY_LINES_MAX = 50;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String host;
  private final int port;
  private final String from;
  private final InstantSource clock;

  /**
   * Sends through a relay.
   *
   * @param host its name or address
   * @param port its port
   * @param from the sender's address
   */
  public SmtpMailer(String host, int port, String from, InstantSource clock) {
    this.host = host;
    this.port = port;
    this.from = address(from);
    this.clock = clock;
  }

  @Override
  public void send(Mail mail) {
    String to = address(mail.to());
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), (int) TIMEOUT.toMillis());
      socket.setSoTimeout((int) TIMEOUT.toMillis());
      var in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      OutputStream out = socket.getOutputStream();
      expect(in, '2');
      say(out, in, "EHLO localhost", '2');
      say(out, in, "MAIL FROM:<" + from + ">", '2');
      say(out, in, "RCPT TO:<" + to + ">", '2');
      say(out, in, "DATA", '3');
      say(out, in, message(mail, to) + "\r\n.", '2');
      say(out, in, "QUIT", '2');
    } catch (IOException e) {
      throw new IdentityFailure.Unavailable("mail cannot be sent now", e);
    }
  }

  /** Base64 has no line that begins with a dot, so nothing needs to be doubled. */
  private String message(Mail mail, String to) {
    var body = Base64.getMimeEncoder().encodeToString(mail.text().getBytes(StandardCharsets.UTF_8));
    return String.join(
        "\r\n",
        "From: <" + from + ">",
        "To: <" + to + ">",
        "Subject: " + header(mail.subject()),
        "Date: " + DATE.format(clock.instant()),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "Auto-Submitted: auto-generated",
        "",
        body);
  }

  /** RFC 2047 section 2: an encoded word, unless plain characters say it all in one line. */
  private static String header(String text) {
    boolean plain =
        text.length() <= HEADER_CHARS_MAX
            && !text.startsWith("=?")
            && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
    return plain
        ? text
        : "=?utf-8?B?"
            + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
            + "?=";
  }

  /** Refuses what could begin another line or end the angle bracket. */
  private static String address(String text) {
    boolean plain =
        text.indexOf('@') > 0
            && text.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '<' && c != '>');
    if (!plain) {
      throw new IdentityFailure.InvalidEmail("no address that mail can be sent to");
    }
    return text;
  }

  private static void say(OutputStream out, BufferedReader in, String line, char expected)
      throws IOException {
    out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
    expect(in, expected);
  }

  private static void expect(BufferedReader in, char expected) throws IOException {
    for (int i = 0; i < REPLY_LINES_MAX; i++) {
      String line = in.readLine();
      if (line == null || line.length() > LINE_CHARS_MAX || line.length() < 3) {
        throw new IOException("the relay gave no reply");
      }
      if (line.length() == 3 || line.charAt(3) != '-') {
        if (line.charAt(0) != expected) {
          throw new IOException("the relay refused with " + line.substring(0, 3));
        }
        return;
      }
    }
    throw new IOException("the relay's reply does not end");
  }
}
