package tripod.solid.notify;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import tripod.identity.access.Agent;
import tripod.identity.token.SolidTokens;
import tripod.identity.token.Standing;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.Denied;
import tripod.solid.ldp.Refusal;
import tripod.solid.ldp.SubscriptionService;
import tripod.solid.ldp.Target;
import tripod.solid.representation.Accept;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Channels of type WebSocketChannel2023: made by POST, listened to at an address that only their
 * maker knows.
 *
 * <p>Channels live in memory: they end with the process, and clients make new ones. Safe between
 * threads.
 */
public final class WebSocketChannels implements SubscriptionService {
  /** Path of the websocket; the last segment is the channel's secret. */
  public static final String SOCKET_PATH = PATH + "socket/{channel}";

  private static final Duration PING = Duration.ofSeconds(30);
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final int KEY_BYTES = 18;
  private static final int POLICY_VIOLATION = 1008;
  private static final String METHODS = "GET, HEAD, OPTIONS, POST";
  private static final String SERVICE = PATH + Notify.WEB_SOCKET + "/";
  private static final List<String> FEATURES =
      List.of("accept", "endAt", "rate", "startAt", "state");
  private static final List<MediaType> OFFERS = List.of(MediaType.JSON_LD, MediaType.TURTLE);

  private final PodStore store;
  private final AccessGate gate;
  private final SolidTokens tokens;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Channels channels = new Channels();

  /** Makes the service. */
  public WebSocketChannels(
      PodStore store,
      AccessGate gate,
      SolidTokens tokens,
      InstantSource clock,
      SecureRandom random) {
    this.store = store;
    this.gate = gate;
    this.tokens = tokens;
    this.clock = clock;
    this.random = random;
  }

  Channels channels() {
    return channels;
  }

  Instant now() {
    return clock.instant();
  }

  @Override
  public Set<Triple> described(PodNames names) {
    Node root = NodeFactory.createURI(names.storage().toString());
    Node service = NodeFactory.createURI(names.origin() + SERVICE);
    Set<Triple> triples = new LinkedHashSet<>();
    triples.add(Triple.create(root, Notify.term("subscription"), service));
    triples.addAll(ofService(service));
    return triples;
  }

  private static Set<Triple> ofService(Node service) {
    Set<Triple> triples = new LinkedHashSet<>();
    triples.add(Triple.create(service, Notify.term("channelType"), Notify.term(Notify.WEB_SOCKET)));
    for (String feature : FEATURES) {
      triples.add(Triple.create(service, Notify.term("feature"), Notify.term(feature)));
    }
    return triples;
  }

  @Override
  public void handle(Context context, PodNames names, SolidTokens.Answer.Known asker) {
    if (!context.req().getRequestURI().equals(SERVICE)) {
      throw new Refusal(404, "there is nothing here");
    }
    context.header("Allow", METHODS);
    context.header("Accept-Post", "application/ld+json");
    switch (context.req().getMethod()) {
      case "OPTIONS" -> context.status(204);
      case "GET", "HEAD" -> describe(context, names);
      case "POST" -> subscribe(context, names, asker);
      default -> throw new Refusal(405, "subscriptions are made by POST", Map.of("Allow", METHODS));
    }
  }

  private static void describe(Context context, PodNames names) {
    String field = context.header("Accept");
    MediaType chosen =
        (field == null ? Accept.ANYTHING : Accept.parse(field))
            .choose(OFFERS)
            .orElseThrow(() -> new Refusal(406, "offered here: JSON-LD and Turtle"));
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("notify", Notify.NS);
    Node service = NodeFactory.createURI(names.origin() + SERVICE);
    context.contentType(chosen.toString());
    context.result(
        GraphWriter.bytes(
            new RdfDocument(ofService(service), prefixes),
            RdfSyntax.exactly(chosen).orElseThrow(),
            IriForm.ABSOLUTE));
  }

  private void subscribe(Context context, PodNames names, SolidTokens.Answer.Known asker) {
    Agent agent = asker.agent();
    Wish wish = Wish.read(body(context));
    Target topic = topic(names, wish.topic());
    if (!mayRead(names, agent, topic)) {
      throw new Denied(!agent.isAuthenticated());
    }
    Channel channel = new Channel(key(), names, asker, topic, wish, clock.instant());
    channels.add(channel);
    if (!stands(channel)) {
      // Revoked while this was under way: the look through all channels may have come before.
      channels.remove(channel);
      throw new Denied(true);
    }
    context.contentType(MediaType.JSON_LD.toString());
    context.result(answer(channel));
  }

  private static byte[] body(Context context) {
    String type = context.header("Content-Type");
    if (type == null) {
      throw new Refusal(400, "a body needs a Content-Type");
    }
    MediaType given = MediaType.parse(type);
    if (!given.is(MediaType.JSON_LD) && !given.is(MediaType.JSON)) {
      throw new Refusal(415, "subscriptions are application/ld+json");
    }
    try {
      byte[] body = context.req().getInputStream().readNBytes(BODY_BYTES_MAX + 1);
      if (body.length > BODY_BYTES_MAX) {
        throw new Refusal(413, "a subscription has at most " + BODY_BYTES_MAX + " bytes");
      }
      return body;
    } catch (IOException e) {
      throw new Refusal(400, "the body ended early");
    }
  }

  private static Target topic(PodNames names, String iri) {
    String path =
        names.path(iri).orElseThrow(() -> new Refusal(422, "the topic is not in this storage"));
    int end = path.indexOf('#');
    return Target.parse(end < 0 ? path : path.substring(0, end));
  }

  private static String answer(Channel channel) {
    URI origin = channel.names.origin();
    String socket =
        (origin.getScheme().equals("https") ? "wss://" : "ws://") + origin.getRawAuthority();
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add(
                "@context",
                Json.createArrayBuilder().add("https://www.w3.org/ns/solid/notification/v1"))
            .add("id", origin + PATH + channel.key)
            .add("type", Notify.NS + Notify.WEB_SOCKET)
            .add("topic", channel.wish.topic())
            .add("receiveFrom", socket + SOCKET_PATH.replace("{channel}", channel.key));
    channel.wish.rate().ifPresent(rate -> json.add("rate", rate.toString()));
    channel.wish.startAt().ifPresent(time -> json.add("startAt", time.toString()));
    channel.wish.endAt().ifPresent(time -> json.add("endAt", time.toString()));
    channel.wish.state().ifPresent(state -> json.add("state", state));
    json.add("accept", channel.wish.turtle() ? "text/turtle" : "application/ld+json");
    return json.build().toString();
  }

  private String key() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Sets up the websocket. */
  public void socket(WsConfig socket) {
    socket.onConnect(
        connection -> {
          Optional<Channel> channel = channels.find(connection.pathParam("channel"));
          if (channel.isEmpty()
              || channel.get().hasEnded(clock.instant())
              || !stands(channel.get())) {
            connection.closeSession(POLICY_VIOLATION, "no such channel");
            return;
          }
          connection.enableAutomaticPings(PING.toMillis(), TimeUnit.MILLISECONDS);
          channel.get().connect(new SocketListener(connection));
          tellIfStale(channel.get());
        });
    socket.onClose(
        connection ->
            channels
                .find(connection.pathParam("channel"))
                .filter(channel -> channel.disconnect(connection.sessionId()))
                .ifPresent(channels::remove));
  }

  /** Feature "state": a client that knows another state hears at once. */
  private void tellIfStale(Channel channel) {
    if (channel.wish.state().isEmpty()) {
      return;
    }
    Optional<Resource> there =
        store.read(
            channel.names.pod(), view -> view.get(channel.topic.path(), channel.topic.aspect()));
    if (there.isEmpty() || channel.wish.state().get().contains(there.get().rev().value())) {
      return;
    }
    Instant now = clock.instant();
    UUID id = UUID.nameUUIDFromBytes((channel.key + now).getBytes(StandardCharsets.UTF_8));
    String state = there.get().rev().value();
    channel.send(
        new Notice(
            "urn:uuid:" + id,
            "Update",
            channel.wish.topic(),
            Optional.empty(),
            Optional.of(state),
            now),
        now);
  }

  /** Says whether its maker is still let in, and the pod it is about still open (SEC-61). */
  boolean stands(Channel channel) {
    return tokens.holds(channel.standing) && tokens.holds(Standing.of(channel.names.pod()));
  }

  /** Ends the channels of those who are no longer let in. */
  void endFallen() {
    for (Channel channel : channels.all()) {
      if (!stands(channel)) {
        channel.end("access was revoked");
        channels.remove(channel);
      }
    }
  }

  boolean mayRead(PodNames names, Agent agent, Target topic) {
    AccessMode needed =
        switch (topic.aspect()) {
          case SELF, META, NATIVE -> AccessMode.READ;
          case ACL -> AccessMode.CONTROL;
          case ASIDE -> AccessMode.WRITE;
        };
    EffectiveAcl acl = store.read(names.pod(), view -> view.acl(topic.path()));
    return gate.modes(names, acl, agent).contains(needed);
  }
}
