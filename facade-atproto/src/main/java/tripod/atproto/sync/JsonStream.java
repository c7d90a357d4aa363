package tripod.atproto.sync;

import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsConnectContext;
import io.javalin.websocket.WsMessageContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/**
 * The stream in JSON, an event a record, for those who need no proofs: its addresses, parameters
 * and events are those of Jetstream, so that its clients work here unchanged.
 *
 * <p>A cursor is a time in microseconds. What happened in the same millisecond is told again, so
 * that nothing is missed.
 *
 * @see <a href="https://github.com/bluesky-social/jetstream">Jetstream</a>
 */
public final class JsonStream {
  /** The address. */
  public static final String PATH = "/subscribe";

  private static final String COMPRESSED = "zstd";
  private static final int CLOSE_POLICY = 1008;

  private final Firehose firehose;
  private final Map<Session, Waiting> waiting = new ConcurrentHashMap<>();

  /** Makes it beside a firehose, whose frames it tells in its own way. */
  public JsonStream(Firehose firehose) {
    this.firehose = firehose;
  }

  /** One who will say hello before they listen. */
  private record Waiting(Listener listener, OptionalLong cursor) {}

  /** Refuses, before the upgrade, parameters that cannot be used. */
  public static void check(Context upgrade) {
    try {
      wishes(
          upgrade.queryParams("wantedCollections"),
          upgrade.queryParams("wantedDids"),
          upgrade.queryParam("maxMessageSizeBytes"));
      cursor(upgrade.queryParam("cursor"));
    } catch (IllegalArgumentException e) {
      throw new BadRequestResponse(String.valueOf(e.getMessage()));
    }
  }

  /** Takes websockets at {@link #PATH}. */
  public Consumer<WsConfig> endpoint() {
    return socket -> {
      socket.onConnect(this::connect);
      socket.onMessage(this::update);
      socket.onClose(context -> gone(context.session));
      socket.onError(context -> gone(context.session));
    };
  }

  private void gone(Session session) {
    waiting.remove(session);
    firehose.gone(session);
  }

  private void connect(WsConnectContext context) {
    JsonForm form =
        new JsonForm(
            wishes(
                context.queryParams("wantedCollections"),
                context.queryParams("wantedDids"),
                context.queryParam("maxMessageSizeBytes")),
            isCompressed(context.queryParam("compress")));
    OptionalLong cursor = cursor(context.queryParam("cursor"));
    Listener listener = firehose.add(context.session, form);
    if ("true".equals(context.queryParam("requireHello"))) {
      waiting.put(context.session, new Waiting(listener, cursor));
    } else {
      begin(listener, cursor);
    }
  }

  /** Jetstream's own compression needs its dictionary; ours is asked for by another word. */
  private static boolean isCompressed(@Nullable String wish) {
    return COMPRESSED.equals(wish);
  }

  private void begin(Listener listener, OptionalLong cursor) {
    if (cursor.isEmpty()) {
      listener.startLive();
      return;
    }
    long millis = Math.max(0, Math.floorDiv(cursor.getAsLong(), 1000));
    Thread.ofVirtual()
        .name("stream-cursor")
        .start(
            () -> {
              Instant from = Instant.ofEpochMilli(millis);
              Instant oldest = firehose.oldestKept();
              if (from.isAfter(firehose.now())) {
                listener.startLive(); // a cursor from the future
              } else {
                listener.startBehind(
                    firehose
                        .journal()
                        .before(Firehose.STREAM, from.isAfter(oldest) ? from : oldest));
              }
            });
  }

  private void update(WsMessageContext context) {
    Listener listener = firehose.of(context.session);
    if (listener == null) {
      return;
    }
    try {
      JsonWishes wishes = JsonWishes.update(context.message());
      listener.form(new JsonForm(wishes, isCompressed(context.queryParam("compress"))));
    } catch (IllegalArgumentException e) {
      listener.end(CLOSE_POLICY, String.valueOf(e.getMessage()), List.of());
      return;
    }
    Waiting hello = waiting.remove(context.session);
    if (hello != null) {
      begin(hello.listener(), hello.cursor());
    }
  }

  private static JsonWishes wishes(
      List<String> collections, List<String> dids, @Nullable String bytesMax) {
    return JsonWishes.of(collections, dids, number("maxMessageSizeBytes", bytesMax).orElse(0));
  }

  private static OptionalLong cursor(@Nullable String text) {
    return number("cursor", text);
  }

  private static OptionalLong number(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be an integer", e);
    }
  }
}
