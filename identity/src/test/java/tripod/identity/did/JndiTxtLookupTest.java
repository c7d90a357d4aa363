package tripod.identity.did;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityConfig;

/** The JDK's client against a name server of our own on loopback. */
class JndiTxtLookupTest {
  private static final int TXT = 16;
  private static final int NO_SUCH_NAME = 3;

  private final Map<String, List<List<String>>> zone =
      Map.of(
          "_atproto.ann.example.com",
          List.of(List.of("v=spf1 -all"), List.of("did=did:plc:aaaaaaaaaaaa", "aaaaaaaaaaaa")),
          "odd.example.com",
          List.of(List.of("a \"quoted\" ", "back\\slash", "", " end")));
  private final DatagramSocket socket;
  private final TxtLookup lookup;

  JndiTxtLookupTest() throws IOException {
    socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
    lookup = new JndiTxtLookup(List.of("127.0.0.1:" + socket.getLocalPort()));
  }

  @AfterEach
  void close() {
    socket.close();
  }

  @Test
  void texts_chunks_areJoined() {
    List<String> texts = lookup.texts("_atproto.ann.example.com").stream().sorted().toList();
    assertEquals(List.of("did=did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "v=spf1 -all"), texts);
    assertEquals(List.of("a \"quoted\" back\\slash end"), lookup.texts("odd.example.com"));
  }

  @Test
  void texts_nameThatIsNot_areNone() {
    assertEquals(List.of(), lookup.texts("_atproto.nobody.example.com"));
    TxtLookup first = name -> name.startsWith("first.") ? List.of("one") : List.of();
    assertEquals(List.of("one"), first.or(lookup).texts("first.example.com"));
    assertEquals(1, first.or(lookup).texts("odd.example.com").size());
  }

  @Test
  void config_backupServer_isAnAddress() {
    new IdentityConfig.Dns(
        Optional.empty(), List.of("192.0.2.1", "192.0.2.1:5353", "[2001:db8::1]"));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IdentityConfig.Dns(Optional.empty(), List.of("dns.example.com")));
    assertThrows(
        IllegalArgumentException.class,
        () -> new IdentityConfig.Dns(Optional.empty(), List.of("192.0.2.1/x dns://192.0.2.2")));
  }

  private void serve() {
    byte[] buffer = new byte[512];
    while (!socket.isClosed()) {
      try {
        DatagramPacket question = new DatagramPacket(buffer, buffer.length);
        socket.receive(question);
        byte[] answer = answer(buffer, question.getLength());
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      } catch (IOException e) {
        return; // the test closed it
      }
    }
  }

  /** Answers one question (RFC 1035 section 4). */
  private byte[] answer(byte[] question, int length) throws IOException {
    StringBuilder name = new StringBuilder();
    int at = 12;
    while (question[at] != 0) {
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(question, at + 1, question[at], US_ASCII));
      at += question[at] + 1;
    }
    int end = at + 5;
    List<List<String>> records = zone.getOrDefault(name.toString(), List.of());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(question, 0, 2);
    out.writeShort(0x8580 | (records.isEmpty() ? NO_SUCH_NAME : 0));
    out.writeShort(1);
    out.writeShort(records.size());
    out.writeInt(0);
    out.write(question, 12, end - 12);
    for (List<String> chunks : records) {
      out.writeShort(0xc00c);
      out.writeShort(TXT);
      out.writeShort(1);
      out.writeInt(60);
      out.writeShort(chunks.stream().mapToInt(chunk -> chunk.length() + 1).sum());
      for (String chunk : chunks) {
        out.writeByte(chunk.length());
        out.write(chunk.getBytes(US_ASCII));
      }
    }
    assertEquals(true, length >= end);
    return bytes.toByteArray();
  }
}
