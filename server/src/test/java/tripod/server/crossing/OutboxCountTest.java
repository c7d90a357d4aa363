package tripod.server.crossing;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.Running;

/** The outbox says how many it shows, also of a repository that came from elsewhere. */
class OutboxCountTest {
  private static final String AS2 = "application/activity+json";

  @TempDir static Path data;

  @Test
  void boostOfWhatTheFediverseCannotName_isNeitherShownNorCounted() {
    try (Running server =
        Running.start(
            new HashMap<>(Map.of("host.port", "0", "host.data", data.toString())), Map.of())) {
      String origin = server.origin().toString();
      JsonPath session =
          given()
              .baseUri(origin)
              .contentType("application/json")
              .body(
                  Map.of(
                      "handle", "alice.localhost",
                      "email", "alice@mail.test",
                      "password", "a long enough one"))
              .post("/xrpc/com.atproto.server.createAccount")
              .jsonPath();
      create(
          origin,
          session,
          "app.bsky.feed.post",
          Map.of("text", "one", "createdAt", "2026-01-01T00:00:00Z"));
      create(
          origin,
          session,
          "app.bsky.feed.repost",
          Map.of(
              "createdAt",
              "2026-01-01T00:00:00Z",
              "subject",
              Map.of(
                  "uri",
                  "at://did:plc:cmpvykrzb2l22kj4ojlv3ox4/app.bsky.feed.post/3jjbw6rmels2o",
                  "cid",
                  "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm")));
      assertEquals(1, outbox(origin, "").getInt("totalItems"));
      assertEquals(1, outbox(origin, "?page=true").getList("orderedItems").size());
    }
  }

  private static JsonPath outbox(String origin, String query) {
    return given()
        .baseUri(origin)
        .header("Host", "alice.localhost")
        .header("Accept", AS2)
        .get("/actor/outbox" + query)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static void create(
      String origin, JsonPath session, String collection, Map<String, Object> fields) {
    Map<String, Object> record = new HashMap<>(fields);
    record.put("$type", collection);
    given()
        .baseUri(origin)
        .header("Authorization", "Bearer " + session.getString("accessJwt"))
        .contentType("application/json")
        .body(Map.of("repo", session.getString("did"), "collection", collection, "record", record))
        .post("/xrpc/com.atproto.repo.createRecord")
        .then()
        .statusCode(200);
  }
}
