package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tripod.atproto.appview.LocalRecords;
import tripod.atproto.appview.LocalViews;
import tripod.atproto.appview.Pictures;
import tripod.atproto.json.RecordJson;
import tripod.atproto.proxy.Services;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;
import tripod.podstore.PodStore;
import tripod.podstore.social.RecordName;
import tripod.syntax.AtUri;
import tripod.syntax.Nsid;
import tripod.syntax.Tid;

/** What a member wrote that a service has not seen, by the revision its answer names. */
final class OwnWrites {
  private static final ObjectMapper JSON = new ObjectMapper(RecordJson.JSON);
  private static final Nsid GET_POSTS = new Nsid("app.bsky.feed.getPosts");
  private static final Nsid GET_GENERATOR = new Nsid("app.bsky.feed.getFeedGenerator");
  private static final Nsid GET_LIST = new Nsid("app.bsky.graph.getList");
  private static final Nsid GET_THREAD = new Nsid("app.bsky.feed.getPostThread");
  private static final String[] QUOTED = {
    "uri",
    "cid",
    "author",
    "labels",
    "replyCount",
    "repostCount",
    "likeCount",
    "quoteCount",
    "indexedAt"
  };

  private final PodStore store;
  private final Services services;
  private final Pictures pictures;
  private final InstantSource clock;

  OwnWrites(PodStore store, Services services, Pictures pictures, InstantSource clock) {
    this.store = store;
    this.services = services;
    this.pictures = pictures;
    this.clock = clock;
  }

  /** What is new, and how it is shown. */
  record Unseen(LocalRecords records, LocalViews views, Duration lag) {}

  /** Returns what an answer's service has not seen; empty when there is nothing to put in. */
  Optional<Unseen> unseen(Forwarding.Admitted admitted, OutboundResponse head) {
    Optional<Tid> rev = head.header("atproto-repo-rev").filter(Tid::isValid).map(Tid::new);
    if (rev.isEmpty()) {
      return Optional.empty();
    }
    Account account = admitted.caller().account();
    return store.read(
        account.pod(),
        reader -> {
          RepoView view = RepoView.of(reader);
          LocalRecords records = LocalRecords.since(view, account.did(), rev.get());
          return records
              .oldest()
              .map(
                  oldest ->
                      new Unseen(
                          records,
                          views(admitted, view),
                          Duration.between(oldest, clock.instant())));
        });
  }

  private LocalViews views(Forwarding.Admitted admitted, RepoView view) {
    Account account = admitted.caller().account();
    Optional<ObjectNode> card =
        view.record(RecordName.OF_PROFILE).flatMap(record -> LocalRecords.json(record.block()));
    return new LocalViews(
        account.did(), account.handle(), card, pictures, uri -> quoted(admitted, uri));
  }

  /** Asks the service how it shows a record that is quoted. */
  private Optional<ObjectNode> quoted(Forwarding.Admitted admitted, String uri) {
    if (!AtUri.isValid(uri)) {
      return Optional.empty();
    }
    String collection = AtUri.parse(uri).collection().map(Nsid::value).orElse("");
    return switch (collection) {
      case "app.bsky.feed.post" ->
          ask(admitted, GET_POSTS, "uris=" + encoded(uri))
              .flatMap(said -> object(said.path("posts").path(0)))
              .map(OwnWrites::quote);
      case "app.bsky.feed.generator" ->
          ask(admitted, GET_GENERATOR, "feed=" + encoded(uri))
              .flatMap(said -> object(said.path("view")))
              .map(view -> view.put("$type", "app.bsky.feed.defs#generatorView"));
      case "app.bsky.graph.list" ->
          ask(admitted, GET_LIST, "limit=1&list=" + encoded(uri))
              .flatMap(said -> object(said.path("list")))
              .map(view -> view.put("$type", "app.bsky.graph.defs#listView"));
      default -> Optional.empty();
    };
  }

  private static ObjectNode quote(ObjectNode post) {
    ObjectNode view = JSON.createObjectNode().put("$type", "app.bsky.embed.record#viewRecord");
    for (String field : QUOTED) {
      if (post.has(field)) {
        view.set(field, post.get(field));
      }
    }
    view.set("value", post.path("record"));
    if (post.has("embed")) {
      view.putArray("embeds").add(post.get("embed"));
    }
    return view;
  }

  /** Returns the thread of a post as the service shows it, without its answers. */
  Optional<ObjectNode> thread(Forwarding.Admitted admitted, String uri) {
    return ask(admitted, GET_THREAD, "depth=0&uri=" + encoded(uri))
        .flatMap(said -> object(said.path("thread")));
  }

  private Optional<JsonNode> ask(Forwarding.Admitted admitted, Nsid method, String query) {
    OutboundResponse answer =
        services.document(
            admitted.service(),
            Optional.of(admitted.signer(admitted.service().did().value(), method)),
            Services.Question.get(method, query));
    return answer.status() == 200 ? Optional.of(tree(answer.body())) : Optional.empty();
  }

  /**
   * Reads JSON that a service sent.
   *
   * @throws IllegalArgumentException if it is none, or too deep (SEC-30)
   */
  static JsonNode tree(byte[] json) {
    if (!DepthScan.isShallow(json)) {
      throw new IllegalArgumentException("JSON that is too deep");
    }
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }

  private static Optional<ObjectNode> object(JsonNode node) {
    return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
