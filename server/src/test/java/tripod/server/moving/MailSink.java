package tripod.server.moving;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Takes mail on loopback and hands out the codes in it. */
final class MailSink implements AutoCloseable {
  private static final Pattern CODE = Pattern.compile("\\b[A-Z2-7]{5}-[A-Z2-7]{5}\\b");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ServerSocket server;
  private final Map<String, BlockingQueue<String>> texts = new ConcurrentHashMap<>();

  MailSink() throws IOException {
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /** Waits for the next mail with a code for an address. */
  String code(String to) throws InterruptedException {
    while (true) {
      String text = of(to).poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("no mail came for " + to);
      }
      var found = CODE.matcher(text);
      if (found.find()) {
        return found.group();
      }
    }
  }

  private BlockingQueue<String> of(String to) {
    return texts.computeIfAbsent(to, key -> new LinkedBlockingQueue<>());
  }

  private void accept() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        converse(socket);
      } catch (IOException e) {
        if (!server.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    var in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    say(socket, "220 sink");
    String to = "";
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("RCPT TO:<")) {
        to = line.substring("RCPT TO:<".length(), line.indexOf('>'));
      }
      if (line.equals("DATA")) {
        say(socket, "354 go on");
        of(to).add(body(in));
      }
      say(socket, line.equals("QUIT") ? "221 bye" : "250 ok");
    }
  }

  private static String body(BufferedReader in) throws IOException {
    var text = new StringBuilder();
    boolean head = true;
    boolean base64 = false;
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      if (head) {
        base64 |= line.equalsIgnoreCase("Content-Transfer-Encoding: base64");
      } else {
        text.append(line).append("\r\n");
      }
      head = head && !line.isEmpty();
    }
    return base64
        ? new String(Base64.getMimeDecoder().decode(text.toString()), StandardCharsets.UTF_8)
        : text.toString();
  }

  private static void say(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
