package tripod.server.moving;

import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded directory as others read it: documents, the log, and the log as a stream. */
class DirectoryTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Keeps what a websocket says. */
  private static final class Ear implements WebSocket.Listener {
    final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        said.add(part.toString());
        part.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      said.add("closed " + status + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      String text = said.poll(20, TimeUnit.SECONDS);
      if (text == null) {
        throw new AssertionError("nothing came");
      }
      return text;
    }
  }

  private static Ear listen(HttpClient http, Host host, String query) {
    Ear ear = new Ear();
    URI address = URI.create(host.origin().replace("http:", "ws:") + "/export/stream" + query);
    http.newWebSocketBuilder().buildAsync(address, ear).join();
    return ear;
  }

  @Test
  void stream_fromTheBeginningAndLive_isTheLog(@TempDir Path data) throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    try (MailSink mail = new MailSink();
        Host host = Host.start(data, "", mail.address())) {
      String first = host.signUp("first", Map.of()).getString("did");
      Ear all = listen(http, host, "?cursor=0");
      Ear live = listen(http, host, "");
      assertSequenced(all.next(), 1, first);
      String second = host.signUp("second", Map.of()).getString("did");
      assertSequenced(all.next(), 2, second);
      assertSequenced(live.next(), 2, second);
      assertTrue(listen(http, host, "?cursor=99").next().contains("FutureCursor"));
      assertTrue(listen(http, host, "?cursor=x").next().contains("InvalidCursor"));

      RestAssured.get(host.origin() + "/export?after=1&count=10")
          .then()
          .statusCode(200)
          .body(containsString(second));
      RestAssured.get(host.origin() + "/" + first).then().statusCode(200);
      RestAssured.get(host.origin() + "/plc/" + first + "/log/audit").then().statusCode(200);
    } finally {
      http.shutdownNow();
    }
  }

  private static void assertSequenced(String text, long seq, String did) throws IOException {
    JsonNode line = JSON.readTree(text);
    assertEquals("sequenced_op", line.path("type").asText(), text);
    assertEquals(seq, line.path("seq").asLong());
    assertEquals(did, line.path("did").asText());
    assertEquals("plc_operation", line.at("/operation/type").asText());
  }
}
