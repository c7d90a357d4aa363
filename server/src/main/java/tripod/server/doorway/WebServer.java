package tripod.server.doorway;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinBindException;
import io.javalin.websocket.WsConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP listener: limits of a request's shape, virtual threads, and the last net under handlers.
 *
 * <p>Everything else is the {@link HostRouter}'s.
 */
public final class WebServer implements AutoCloseable {
  /** Longest request head in bytes (SEC-10). */
  static final int HEAD_BYTES_MAX = 16 * 1024;

  /** A connection without traffic is closed after this time (SEC-10). */
  static final Duration IDLE_MAX = Duration.ofSeconds(60);

  /** Requests handled at once, per core (SEC-16). */
  static final int OPEN_PER_CORE = 64;

  /** How long a request may wait for its turn (SEC-16). */
  static final Duration TURN_WAIT_MAX = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** What somebody may answer; of WebDAV's methods only that no address takes them (405). */
  private static final List<HandlerType> METHODS =
      Stream.of(
              "GET",
              "HEAD",
              "POST",
              "PUT",
              "PATCH",
              "DELETE",
              "OPTIONS",
              "TRACE",
              "LOCK",
              "UNLOCK",
              "PROPFIND",
              "PROPPATCH",
              "MKCOL",
              "COPY",
              "MOVE",
              "SEARCH",
              "REPORT",
              "QUERY")
          .map(HandlerType::findOrCreate)
          .toList();

  private final Javalin javalin;

  private WebServer(Javalin javalin) {
    this.javalin = javalin;
  }

  /**
   * Starts listening.
   *
   * @param bind address to listen on
   * @param port port to listen on
   * @param router decides who answers
   * @param websockets websocket endpoints by path
   * @param gate what is checked before a request becomes one
   */
  public static WebServer start(
      String bind,
      int port,
      Handler router,
      Map<String, Consumer<WsConfig>> websockets,
      SocketGate gate) {
    Semaphore turns = new Semaphore(OPEN_PER_CORE * Runtime.getRuntime().availableProcessors());
    Handler guarded = request -> inTurn(turns, request, router);
    Javalin javalin =
        Javalin.create(
            config -> {
              config.startup.showJavalinBanner = false;
              config.startup.showOldJavalinVersionWarning = false;
              config.concurrency.useVirtualThreads = true;
              config.http.maxRequestSize = Long.MAX_VALUE;
              config.http.generateEtags = false;
              config.http.defaultContentType = "text/plain";
              config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(2));
              config.jetty.modifyHttpConfiguration(
                  http -> {
                    http.setRequestHeaderSize(HEAD_BYTES_MAX);
                    http.setSendServerVersion(false);
                    http.setSendXPoweredBy(false);
                    http.setIdleTimeout(IDLE_MAX.toMillis());
                  });
              config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
              for (HandlerType method : METHODS) {
                config.routes.addHttpHandler(method, "*", guarded);
              }
              gate.install(config.routes, websockets.keySet());
              websockets.forEach((path, socket) -> config.routes.ws(path, socket));
              config.routes.exception(Exception.class, WebServer::fault);
              config.router.javaLangErrorHandler(
                  (response, error) -> {
                    LOG.error("an Error reached the edge", error);
                    response.setStatus(error instanceof StackOverflowError ? 400 : 503);
                  });
            });
    try {
      javalin.start(bind, port);
    } catch (JavalinBindException taken) {
      throw new IllegalStateException(
          "cannot listen on %s, port %d: stop what listens there, or take another with --port"
              .formatted(bind, port),
          taken);
    }
    withoutDeflate(javalin);
    return new WebServer(javalin);
  }

  /**
   * Takes back the extension that would compress every frame anew for each who listens, with a
   * quarter of a megabyte of memory for each.
   */
  private static void withoutDeflate(Javalin javalin) {
    for (ServletContextHandler context :
        javalin.jettyServer().server().getDescendants(ServletContextHandler.class)) {
      WebSocketServerComponents.ensureWebSocketComponents(javalin.jettyServer().server(), context)
          .getExtensionRegistry()
          .unregister("permessage-deflate");
    }
  }

  private static void inTurn(Semaphore turns, Context request, Handler router) throws Exception {
    if (!turns.tryAcquire(TURN_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
      request.header("Retry-After", "10");
      Problems.answer(request, 503, "the server is busy; try again in a few seconds");
      return;
    }
    try {
      router.handle(request);
    } finally {
      turns.release();
    }
  }

  private static void fault(Exception failure, Context request) {
    if (failure instanceof HttpResponseException known) {
      Problems.answer(request, known.getStatus(), String.valueOf(known.getMessage()));
      return;
    }
    LOG.error("a handler failed: {} {}", request.req().getMethod(), request.path(), failure);
    Problems.answer(request, 500, "the server failed; the request was not carried out");
  }

  /** Returns the port that is listened on. */
  public int port() {
    return javalin.port();
  }

  /** Stops accepting, lets what runs end, and closes. */
  @Override
  public void close() {
    javalin.stop();
  }
}
