package tripod.server.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One subscriber of the firehose that notes when marked posts come by. */
final class FrameWatch implements WebSocket.Listener {
  private static final Pattern MARK = Pattern.compile("@([0-9]{1,9})@");
  private static final int PATIENCE_S = 30;

  private final ConcurrentHashMap<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();
  private final StringBuilder frame = new StringBuilder();

  private volatile @Nullable WebSocket socket;

  private FrameWatch() {}

  /** Subscribes without a cursor. */
  static FrameWatch open(HttpClient http, URI service) {
    FrameWatch watch = new FrameWatch();
    try {
      watch.socket =
          http.newWebSocketBuilder()
              .buildAsync(
                  URI.create("ws" + service.toString().substring("http".length()))
                      .resolve("/xrpc/com.atproto.sync.subscribeRepos"),
                  watch)
              .orTimeout(PATIENCE_S, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof WebSocketHandshakeException refused
          ? new IllegalStateException(
              "a subscriber was answered " + refused.getResponse().statusCode(), failed)
          : failed;
    }
    return watch;
  }

  /** Returns the mark to begin a post's text with. */
  static String mark(int number) {
    return "@" + number + "@";
  }

  /** Waits for the post with a mark; returns when it came, in the terms of {@code nanoTime}. */
  long await(int number) {
    return of(String.valueOf(number)).orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
  }

  /** Leaves without a word. */
  void close() {
    WebSocket open = socket;
    if (open != null) {
      open.abort();
    }
  }

  private CompletableFuture<Long> of(String mark) {
    return seen.computeIfAbsent(mark, _ -> new CompletableFuture<>());
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
    long now = System.nanoTime();
    frame.append(StandardCharsets.ISO_8859_1.decode(data));
    if (last) {
      Matcher marks = MARK.matcher(frame);
      while (marks.find()) {
        of(marks.group(1)).complete(now);
      }
      frame.setLength(0);
    }
    socket.request(1);
    return CompletableFuture.completedStage(null);
  }
}
