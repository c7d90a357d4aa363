package tripod.identity.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The one client that opens connections to others (SEC-01, SEC-20 to SEC-24).
 *
 * <p>The addresses of a host are looked up and checked here, and the client is given those very
 * addresses to dial; it has no other way to turn a name into an address. Environment proxies,
 * cookies and retries are off.
 */
public final class GuardedHttp implements OutboundHttp, AutoCloseable {
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration FIRST_BYTE_MAX = Duration.ofSeconds(10);
  private static final int PER_HOST_MAX = 4;
  private static final int PER_PARTNER_MAX = 64;
  private static final int CONNECTIONS_MAX = 256;
  private static final int READ_BYTES = 16 * 1024;
  private static final int RESPONSE_HEADERS_MAX = 200;
  private static final Set<String> CLIENTS_OWN =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "te");
  private static final Set<String> CREDENTIALS =
      Set.of(
          "authorization", "cookie", "dpop", "proxy-authorization", "signature", "signature-input");

  private static final RequestConfig DECODED =
      RequestConfig.custom()
          .setConnectionRequestTimeout(Timeout.of(FIRST_BYTE_MAX))
          .setResponseTimeout(Timeout.of(FIRST_BYTE_MAX))
          .setRedirectsEnabled(false)
          .build();
  private static final RequestConfig AS_SENT =
      RequestConfig.copy(DECODED).setContentCompressionEnabled(false).build();

  private final OutboundRules rules;
  private final Set<String> partners;
  private final NameResolver names;
  private final Circuits circuits;
  private final CloseableHttpClient client;
  private final ScheduledExecutorService watch;
  private static final ThreadLocal<@Nullable Dial> DIAL = new ThreadLocal<>();

  /** The addresses that were checked for the request this thread is about to send. */
  private record Dial(String host, List<InetAddress> addresses) {}

  /**
   * Opens the client.
   *
   * @param firstPause how long a host is left alone after its fifth failure in a row; doubled with
   *     each further one, up to a day
   */
  public GuardedHttp(
      OutboundRules rules, NameResolver names, Duration firstPause, InstantSource clock) {
    this.rules = rules;
    this.partners =
        rules.partners().stream().map(GuardedHttp::authority).collect(Collectors.toSet());
    this.names = names;
    this.circuits = new Circuits(firstPause, clock);
    this.watch =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon(true).name("outbound-watch").factory());
    this.client =
        HttpClients.custom()
            .setConnectionManager(connections(rules))
            .setDefaultRequestConfig(DECODED)
            .disableRedirectHandling()
            .disableAutomaticRetries()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableDefaultUserAgent()
            .setUserAgent("Tripod")
            .build();
  }

  private static PoolingHttpClientConnectionManager connections(OutboundRules rules) {
    PoolingHttpClientConnectionManager connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(new CheckedAddresses())
            .setMaxConnPerRoute(PER_HOST_MAX)
            .setMaxConnTotal(CONNECTIONS_MAX)
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(CONNECT_MAX))
                    .setSocketTimeout(Timeout.of(FIRST_BYTE_MAX))
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .build())
            .build();
    for (URI partner : rules.partners()) {
      HttpHost host = new HttpHost(partner.getScheme(), OutboundRules.host(partner), port(partner));
      connections.setMaxPerRoute(
          new HttpRoute(host, null, "https".equals(partner.getScheme())), PER_PARTNER_MAX);
    }
    return connections;
  }

  private static final class CheckedAddresses implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      Dial checked = DIAL.get();
      if (checked == null || !checked.host().equalsIgnoreCase(host)) {
        throw new UnknownHostException("not checked: " + host);
      }
      return checked.addresses().toArray(new InetAddress[0]);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @Override
  public OutboundResponse send(OutboundRequest request) {
    long deadline = System.nanoTime() + request.limit().time().toNanos();
    OutboundRequest next = request;
    for (int redirects = 0; ; redirects++) {
      OutboundRequest asked = next;
      HttpUriRequestBase message = message(asked);
      OutboundResponse answer =
          once(asked, message, deadline, response -> read(asked, message, response));
      if (redirects >= request.redirectsMax() || !isRedirect(answer)) {
        return answer;
      }
      next = redirected(next, answer);
    }
  }

  private static boolean isRedirect(OutboundResponse answer) {
    return switch (answer.status()) {
      case 301, 302, 303, 307, 308 -> answer.header("location").isPresent();
      default -> false;
    };
  }

  private static OutboundRequest redirected(OutboundRequest request, OutboundResponse answer) {
    URI target;
    try {
      target = request.uri().resolve(answer.header("location").orElseThrow());
    } catch (IllegalArgumentException e) {
      throw new OutboundFailure.Refused("redirected to no URL");
    }
    if ("https".equals(request.uri().getScheme()) && !"https".equals(target.getScheme())) {
      throw new OutboundFailure.Refused("redirected from https to another scheme");
    }
    OutboundRules.checkForm(target);
    boolean sameHost = authority(request.uri()).equals(authority(target));
    List<OutboundRequest.Header> headers =
        request.headers().stream()
            .filter(
                field -> sameHost || !CREDENTIALS.contains(field.name().toLowerCase(Locale.ROOT)))
            .toList();
    boolean again = answer.status() == 307 || answer.status() == 308;
    boolean keeps = again || request.method().equals("GET") || request.method().equals("HEAD");
    return new OutboundRequest(
        keeps ? request.method() : "GET",
        target,
        headers,
        keeps ? request.body() : java.util.Optional.empty(),
        request.limit(),
        request.redirectsMax());
  }

  private static String authority(URI uri) {
    return OutboundRules.host(uri) + ":" + port(uri);
  }

  private static int port(URI uri) {
    return uri.getPort() < 0 ? ("https".equals(uri.getScheme()) ? 443 : 80) : uri.getPort();
  }

  @Override
  public <T> T stream(OutboundRequest request, Reader<T> reader) {
    return streamed(request, message(request), reader);
  }

  @Override
  public <T> T upload(OutboundRequest request, Upload upload, Reader<T> reader) {
    HttpUriRequestBase message = message(request);
    message.setEntity(
        new InputStreamEntity(
            new ClientsBody(upload.content()), upload.length(), contentType(request)));
    return streamed(request, message, reader);
  }

  private <T> T streamed(OutboundRequest request, HttpUriRequestBase message, Reader<T> reader) {
    message.setConfig(AS_SENT);
    long deadline = System.nanoTime() + request.limit().time().toNanos();
    return once(
        request,
        message,
        deadline,
        response -> {
          OutboundResponse head =
              new OutboundResponse(
                  response.getCode(), request.uri(), headers(response), new byte[0]);
          HttpEntity entity = response.getEntity();
          InputStream content = entity == null ? null : entity.getContent();
          BoundedBody body =
              new BoundedBody(
                  content,
                  request.limit().bytesMax(),
                  failure -> broken(request, deadline, failure));
          try {
            return reader.read(head, body);
          } finally {
            if (!body.isAtEnd()) {
              // Closing politely would read the rest.
              message.cancel();
              response.setEntity(null);
            }
          }
        });
  }

  private OutboundFailure broken(OutboundRequest request, long deadline, IOException failure) {
    String authority = authority(request.uri());
    String host = OutboundRules.host(request.uri());
    if (failure instanceof ConnectionRequestTimeoutException) {
      // All connections are taken: not the host's fault.
      return new OutboundFailure.TimedOut(host + " is asked too much already", failure);
    }
    circuits.failed(authority, partners.contains(authority));
    return failure instanceof InterruptedIOException || System.nanoTime() >= deadline
        ? new OutboundFailure.TimedOut(host + " did not answer in time", failure)
        : new OutboundFailure.Unreachable(host + " cannot be reached", failure);
  }

  private <T> T once(
      OutboundRequest request,
      HttpUriRequestBase message,
      long deadline,
      HttpClientResponseHandler<T> handler) {
    OutboundRules.checkForm(request.uri());
    String host = OutboundRules.host(request.uri());
    String authority = authority(request.uri());
    circuits.check(authority);
    List<InetAddress> addresses = resolve(host, authority);
    rules.check(request.uri(), addresses);
    long left = deadline - System.nanoTime();
    if (left <= 0) {
      throw new OutboundFailure.TimedOut(host + " did not answer in time", null);
    }
    ScheduledFuture<?> end = watch.schedule(message::cancel, left, TimeUnit.NANOSECONDS);
    DIAL.set(new Dial(host, addresses));
    try {
      T answer = client.execute(message, handler);
      circuits.answered(authority);
      return answer;
    } catch (IOException e) {
      throw broken(request, deadline, e);
    } finally {
      DIAL.remove();
      end.cancel(false);
    }
  }

  private List<InetAddress> resolve(String host, String authority) {
    try {
      if (host.indexOf(':') >= 0 || isDotted(host)) {
        return List.of(InetAddress.ofLiteral(host));
      }
      return names.resolve(host);
    } catch (IllegalArgumentException e) {
      throw new OutboundFailure.Refused("the host is no name and no address");
    } catch (UnknownHostException e) {
      circuits.failed(authority, partners.contains(authority));
      throw new OutboundFailure.Unreachable("no such host: " + host, e);
    }
  }

  private static boolean isDotted(String host) {
    return host.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static HttpUriRequestBase message(OutboundRequest request) {
    URI uri = request.uri();
    String text = uri.toString();
    int fragment = text.indexOf('#');
    HttpUriRequestBase message =
        new HttpUriRequestBase(
            request.method(), fragment < 0 ? uri : URI.create(text.substring(0, fragment)));
    for (OutboundRequest.Header field : request.headers()) {
      String name = field.name().toLowerCase(Locale.ROOT);
      if (!name.equals("content-type") && !CLIENTS_OWN.contains(name)) {
        message.addHeader(field.name(), field.value());
      }
    }
    if (request.body().isPresent()) {
      message.setEntity(new ByteArrayEntity(request.body().get(), contentType(request)));
    }
    return message;
  }

  private static ContentType contentType(OutboundRequest request) {
    return request.headers().stream()
        .filter(field -> field.name().equalsIgnoreCase("content-type"))
        .reduce((first, last) -> last)
        .map(field -> ContentType.parseLenient(field.value()))
        .orElse(ContentType.APPLICATION_OCTET_STREAM);
  }

  private static Map<String, List<String>> headers(ClassicHttpResponse response) {
    Map<String, List<String>> headers = new HashMap<>();
    int count = 0;
    for (Header field : response.getHeaders()) {
      if (++count > RESPONSE_HEADERS_MAX) {
        break;
      }
      headers
          .computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(field.getValue());
    }
    return headers;
  }

  private static OutboundResponse read(
      OutboundRequest request, HttpUriRequestBase message, ClassicHttpResponse response)
      throws IOException {
    HttpEntity entity = response.getEntity();
    byte[] body = new byte[0];
    if (entity != null) {
      try (InputStream in = entity.getContent()) {
        body = in == null ? body : read(in, request.limit().bytesMax(), message);
      }
    }
    return new OutboundResponse(response.getCode(), request.uri(), headers(response), body);
  }

  private static byte[] read(InputStream in, int max, HttpUriRequestBase message)
      throws IOException {
    var out = new java.io.ByteArrayOutputStream(READ_BYTES);
    byte[] buffer = new byte[READ_BYTES];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + n > max) {
        // Closing politely would read the rest.
        message.cancel();
        throw new OutboundFailure.TooLarge("the answer has over " + max + " bytes");
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
  }
}
