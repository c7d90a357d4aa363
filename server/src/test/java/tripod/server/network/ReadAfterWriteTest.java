package tripod.server.network;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.wiring.MemberHost.as;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.network.FakeService.Reply;
import tripod.server.wiring.MemberHost;

/** What a member wrote is seen at once, though the AppView is late (atproto.md 1.3). */
class ReadAfterWriteTest {
  private static final String LAG = "Atproto-Upstream-Lag";
  private static final String REV = "Atproto-Repo-Rev";
  private static final String TIMELINE = "app.bsky.feed.getTimeline";
  private static final String THREAD = "app.bsky.feed.getPostThread";
  private static final String NOW = "2026-01-02T03:04:05.678Z";

  @TempDir Path data;
  private FakeService appView;
  private MemberHost host;
  private MemberHost.Member alice;
  private JsonPath seen;

  @BeforeEach
  void start() throws IOException {
    appView = new FakeService();
    host =
        new MemberHost(
            data,
            Map.of(
                "atproto.appview.url",
                appView.origin(),
                "atproto.appview.did",
                "did:web:appview.example"));
    alice = host.member("alice");
    seen = post(Map.of("text", "seen by all"));
  }

  @AfterEach
  void stop() {
    host.close();
    appView.close();
  }

  private JsonPath post(Map<String, Object> fields) {
    Map<String, Object> record = new HashMap<>(fields);
    record.put("$type", "app.bsky.feed.post");
    record.put("createdAt", NOW);
    return write("createRecord", Map.of("collection", "app.bsky.feed.post", "record", record));
  }

  private JsonPath write(String verb, Map<String, Object> fields) {
    Map<String, Object> body = new HashMap<>(fields);
    body.put("repo", alice.did());
    return as(alice)
        .contentType(ContentType.JSON)
        .body(body)
        .post(host.xrpc("com.atproto.repo." + verb))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private String rev() {
    return seen.getString("commit.rev");
  }

  private ValidatableResponse get(String method, String query) {
    return as(alice).get(host.xrpc(method) + query).then();
  }

  private static String item(String did, String uri, String indexedAt) {
    return """
    {"post":{"uri":"%s","cid":"bafyreidngizrqdjlponvyjrsgwndvf3xlp25kh32mu2frb63grghr3erwa",\
    "author":{"did":"%s","handle":"x.example","displayName":"of old"},\
    "record":{"$type":"app.bsky.feed.post","text":"x"},"indexedAt":"%s"}}"""
        .formatted(uri, did, indexedAt);
  }

  private static String feed(String... items) {
    return "{\"feed\":[" + String.join(",", items) + "],\"cursor\":\"c\",\"score\":0.25}";
  }

  @Test
  void timeline_hasWhatIsNew_inItsPlace() {
    String later = "at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mbgmyhmk5s22";
    JsonPath fresh = post(Map.of("text", "not seen yet"));
    JsonPath fresher = post(Map.of("text", "nor this"));
    appView.on(
        TIMELINE,
        Reply.json(
                200,
                feed(
                    item("did:plc:b", later, "2999-01-01T00:00:00.000Z"),
                    item("did:plc:b", later + "x", NOW)))
            .with(REV, rev())
            .packed());
    as(alice)
        .header("Accept-Encoding", "gzip")
        .get(host.xrpc(TIMELINE) + "?limit=2")
        .then()
        .statusCode(200)
        .header(LAG, notNullValue())
        .header(REV, rev())
        .body("feed", hasSize(4))
        .body("feed[0].post.uri", equalTo(later))
        .body("feed[1].post.uri", equalTo(fresher.getString("uri")))
        .body("feed[2].post.uri", equalTo(fresh.getString("uri")))
        .body("feed[2].post.cid", equalTo(fresh.getString("cid")))
        .body("feed[2].post.record.text", equalTo("not seen yet"))
        .body("feed[2].post.author.did", equalTo(alice.did()))
        .body("feed[2].post.author.handle", equalTo(alice.handle()))
        .body("feed[2].post.likeCount", equalTo(0))
        .body("feed[2].post.quoteCount", equalTo(0))
        .body("cursor", equalTo("c"))
        .body(containsString("0.25"));
  }

  @Test
  void nothingNew_isHandedOnByteForByte() {
    String odd = " {\"feed\" : [ ] , \"n\":1.50} ";
    appView.on(TIMELINE, Reply.json(200, odd).with(REV, rev()));
    get(TIMELINE, "").statusCode(200).header(LAG, nullValue()).body(equalTo(odd));
    post(Map.of("text", "new"));
    appView.on(TIMELINE, Reply.json(200, odd));
    get(TIMELINE, "").header(LAG, nullValue()).body(equalTo(odd));
    appView.on(TIMELINE, Reply.json(200, odd).with(REV, "x"));
    get(TIMELINE, "").header(LAG, nullValue()).body(equalTo(odd));
  }

  @Test
  void revisionBeforeAllRecords_isOfAnotherHost() {
    String body = feed(item("did:plc:b", "at://did:plc:b/app.bsky.feed.post/3mbgmyhmk5s22", NOW));
    appView.on(TIMELINE, Reply.json(200, body).with(REV, "2222222222222"));
    get(TIMELINE, "").header(LAG, nullValue()).body(equalTo(body));
  }

  @Test
  void answerOfAnotherShape_isHandedOnAsItCame() {
    post(Map.of("text", "new"));
    for (String odd :
        List.of("{\"feed\":7}", "[]", "not json", "{\"feed\":[{\"post\":{}}]}", "[".repeat(100))) {
      appView.on(TIMELINE, Reply.json(200, odd).with(REV, rev()));
      get(TIMELINE, "").statusCode(200).header(LAG, nullValue()).body(equalTo(odd));
    }
  }

  @Test
  void profile_isTheNewOne() {
    write(
        "putRecord",
        Map.of(
            "collection", "app.bsky.actor.profile",
            "rkey", "self",
            "record", Map.of("$type", "app.bsky.actor.profile", "displayName", "Alice the newer")));
    appView.on(
        "app.bsky.actor.getProfile",
        Reply.json(
                200,
                "{\"did\":\"%s\",\"handle\":\"a\",\"displayName\":\"old\",\"description\":\"old\"}"
                    .formatted(alice.did()))
            .with(REV, rev()));
    get("app.bsky.actor.getProfile", "?actor=" + alice.did())
        .body("displayName", equalTo("Alice the newer"))
        .body("description", nullValue())
        .body("handle", equalTo("a"));
    appView.on(
        "app.bsky.actor.getProfiles",
        Reply.json(
                200,
                "{\"profiles\":[{\"did\":\"did:plc:b\",\"displayName\":\"b\"},{\"did\":\"%s\"}]}"
                    .formatted(alice.did()))
            .with(REV, rev()));
    get("app.bsky.actor.getProfiles", "?actors=x")
        .body("profiles[0].displayName", equalTo("b"))
        .body("profiles[1].displayName", equalTo("Alice the newer"));
    String own = item(alice.did(), seen.getString("uri"), NOW);
    String other = item("did:plc:b", "at://did:plc:b/app.bsky.feed.post/3mbgmyhmk5s22", NOW);
    for (String method : List.of("app.bsky.feed.getAuthorFeed", "app.bsky.feed.getActorLikes")) {
      appView.on(method, Reply.json(200, feed(own, other)).with(REV, rev()));
      get(method, "?actor=x")
          .body("feed[0].post.author.displayName", equalTo("Alice the newer"))
          .body("feed[1].post.author.displayName", equalTo("of old"));
    }
    appView.on("app.bsky.feed.getAuthorFeed", Reply.json(200, feed(other, own)).with(REV, rev()));
    get("app.bsky.feed.getAuthorFeed", "?actor=b")
        .body("feed[1].post.author.displayName", equalTo("of old"));
  }

  private Map<String, Object> reply(JsonPath parent, JsonPath root) {
    return Map.of(
        "parent", Map.of("uri", parent.getString("uri"), "cid", parent.getString("cid")),
        "root", Map.of("uri", root.getString("uri"), "cid", root.getString("cid")));
  }

  @Test
  void thread_hasTheNewAnswers() {
    JsonPath answer = post(Map.of("text", "an answer", "reply", reply(seen, seen)));
    JsonPath below = post(Map.of("text", "and one below", "reply", reply(answer, seen)));
    appView.on(
        THREAD,
        Reply.json(200, "{\"thread\":" + item(alice.did(), seen.getString("uri"), NOW) + "}")
            .with(REV, rev()));
    get(THREAD, "?uri=" + seen.getString("uri"))
        .body("thread.replies", hasSize(1))
        .body("thread.replies[0].post.uri", equalTo(answer.getString("uri")))
        .body("thread.replies[0].replies[0].post.uri", equalTo(below.getString("uri")))
        .header(LAG, notNullValue());
  }

  @Test
  void threadOfANewPost_isBuiltHere() {
    JsonPath answer = post(Map.of("text", "an answer", "reply", reply(seen, seen)));
    appView.on(
        THREAD,
        Reply.json(400, "{\"error\":\"NotFound\",\"message\":\"Post not found\"}")
            .with(REV, rev()));
    get(THREAD, "?uri=" + answer.getString("uri"))
        .statusCode(200)
        .header(LAG, notNullValue())
        .body("thread.'$type'", equalTo("app.bsky.feed.defs#threadViewPost"))
        .body("thread.post.record.text", equalTo("an answer"))
        .body("thread.parent", nullValue());
    assertTrue(appView.last().target().contains("depth=0"), appView.last().target());
    get(
            THREAD,
            "?uri=at://"
                + alice.handle()
                + answer.getString("uri").substring("at://".length() + alice.did().length()))
        .statusCode(200);
    get(THREAD, "?uri=at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mbgmyhmk5s22")
        .statusCode(400)
        .body("error", equalTo("NotFound"));
    get(THREAD, "?uri=" + seen.getString("uri")).statusCode(400);
  }

  @Test
  void embeds_areShownFromHere() {
    String quoted = "at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.post/3mbgmyhmk5s22";
    Map<String, Object> blob =
        as(alice)
            .contentType("image/png")
            .body(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0})
            .post(host.xrpc("com.atproto.repo.uploadBlob"))
            .path("blob");
    Map<String, Object> quote =
        Map.of(
            "$type",
            "app.bsky.embed.record",
            "record",
            Map.of("uri", quoted, "cid", seen.getString("cid")));
    post(
        Map.of(
            "text",
            "a picture and a quote",
            "embed",
            Map.of(
                "$type",
                "app.bsky.embed.recordWithMedia",
                "media",
                Map.of(
                    "$type",
                    "app.bsky.embed.images",
                    "images",
                    List.of(Map.of("alt", "dots", "image", blob))),
                "record",
                quote)));
    appView.on(
        "app.bsky.feed.getPosts",
        Reply.json(
            200,
            "{\"posts\":[{\"uri\":\"%s\",\"cid\":\"c\",\"author\":{\"did\":\"did:plc:b\"},"
                    .formatted(quoted)
                + "\"record\":{\"text\":\"quoted\"},\"indexedAt\":\""
                + NOW
                + "\"}]}"));
    appView.on(TIMELINE, Reply.json(200, feed()).with(REV, rev()));
    get(TIMELINE, "")
        .body("feed", hasSize(1))
        .body("feed[0].post.embed.'$type'", equalTo("app.bsky.embed.recordWithMedia#view"))
        .body("feed[0].post.embed.media.images[0].alt", equalTo("dots"))
        .body(
            "feed[0].post.embed.media.images[0].thumb",
            startsWith(host.xrpc("com.atproto.sync.getBlob") + "?did=" + alice.did()))
        .body("feed[0].post.embed.record.record.value.text", equalTo("quoted"));
    assertEquals(1, appView.count("app.bsky.feed.getPosts"));
  }

  @Test
  void SEC_25_oneAnswer_asksForAsManyQuotesAsItShows() {
    Map<String, Object> quote =
        Map.of(
            "$type",
            "app.bsky.embed.record",
            "record",
            Map.of("uri", seen.getString("uri"), "cid", seen.getString("cid")));
    for (int i = 0; i < 13; i++) {
      post(Map.of("text", "quote " + i, "embed", quote));
    }
    appView.on("app.bsky.feed.getPosts", Reply.json(200, "{\"posts\":[]}"));
    appView.on(TIMELINE, Reply.json(200, feed()).with(REV, rev()));
    get(TIMELINE, "")
        .body("feed", hasSize(10))
        .body("feed[0].post.embed.record.'$type'", equalTo("app.bsky.embed.record#viewNotFound"));
    assertEquals(10, appView.count("app.bsky.feed.getPosts"));
  }

  @Test
  void getFeed_isSignedForTheGenerator() {
    appView.on(
        "com.atproto.repo.getRecord",
        Reply.json(200, "{\"value\":{\"did\":\"did:web:feeds.example\"}}"));
    appView.on("app.bsky.feed.getFeed", Reply.json(200, feed()));
    String uri = "at://did:plc:bbbbbbbbbbbbbbbbbbbbbbbb/app.bsky.feed.generator/cats";
    get("app.bsky.feed.getFeed", "?feed=" + uri).statusCode(200);
    String claims = appView.last().claims();
    assertTrue(claims.contains("\"aud\":\"did:web:feeds.example\""), claims);
    assertTrue(claims.contains("\"lxm\":\"app.bsky.feed.getFeedSkeleton\""), claims);
    get("app.bsky.feed.getFeed", "?feed=" + uri).statusCode(200);
    assertEquals(1, appView.count("com.atproto.repo.getRecord"));
    appView.on("com.atproto.repo.getRecord", Reply.json(400, "{}"));
    get("app.bsky.feed.getFeed", "?feed=" + uri + "2")
        .statusCode(400)
        .body("error", equalTo("UnknownFeed"));
  }

  @Test
  void push_goesToTheServiceOfTheBody() throws IOException {
    try (FakeService notes = new FakeService()) {
      notes.on("app.bsky.notification.registerPush", Reply.json(200, "{}"));
      as(alice)
          .contentType("application/json")
          .body("{\"serviceDid\":\"" + notes.did() + "\",\"token\":\"t\",\"platform\":\"web\"}")
          .post(host.xrpc("app.bsky.notification.registerPush"))
          .then()
          .statusCode(200);
      assertTrue(notes.last().body().contains("\"platform\":\"web\""));
      assertTrue(notes.last().claims().contains("\"aud\":\"" + notes.did() + "\""));
    }
    appView.on("app.bsky.notification.unregisterPush", Reply.json(200, "{}"));
    as(alice)
        .contentType("application/json")
        .body("{\"serviceDid\":\"did:web:appview.example\"}")
        .post(host.xrpc("app.bsky.notification.unregisterPush"))
        .then()
        .statusCode(200);
    assertEquals(1, appView.count("app.bsky.notification.unregisterPush"));
  }

  @Test
  void preferences_stayHere_unlessAnotherAppViewIsNamed() throws IOException {
    String get = "app.bsky.actor.getPreferences";
    get(get, "").statusCode(200).body("preferences", hasSize(0));
    as(alice)
        .header("atproto-proxy", "did:web:appview.example#bsky_appview")
        .get(host.xrpc(get))
        .then()
        .body("preferences", hasSize(0));
    assertEquals(0, appView.count(get));
    try (FakeService other = new FakeService()) {
      other.on(get, Reply.json(200, "{\"preferences\":[{\"$type\":\"other\"}]}"));
      as(alice)
          .header("atproto-proxy", other.named("stub"))
          .get(host.xrpc(get))
          .then()
          .body("preferences", hasSize(1));
    }
  }
}
