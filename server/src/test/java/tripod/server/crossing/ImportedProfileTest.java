package tripod.server.crossing;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;

import io.restassured.path.json.JsonPath;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.Running;

/** Who brings a repository along is called on their page as they call themselves in it. */
class ImportedProfileTest {
  private static final String TOKEN = "lab-operator-token";

  @TempDir static Path data;

  @Test
  void profileOfAnImportedRepository_isOnThePublicPage() {
    Map<String, String> options =
        Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN);
    try (Running server = Running.start(new HashMap<>(options), Map.of())) {
      String origin = server.origin().toString();
      JsonPath ada = signUp(origin, "ada");
      signUp(origin, "ben");
      given()
          .baseUri(origin)
          .header("Authorization", "Bearer " + ada.getString("accessJwt"))
          .contentType("application/json")
          .body(
              Map.of(
                  "repo",
                  ada.getString("did"),
                  "collection",
                  "app.bsky.actor.profile",
                  "rkey",
                  "self",
                  "record",
                  Map.of("$type", "app.bsky.actor.profile", "displayName", "Ada the First")))
          .post("/xrpc/com.atproto.repo.putRecord")
          .then()
          .statusCode(200);
      byte[] car =
          given()
              .baseUri(origin)
              .get("/xrpc/com.atproto.sync.getRepo?did=" + ada.getString("did"))
              .asByteArray();
      given()
          .baseUri(origin)
          .header("Authorization", "Bearer " + TOKEN)
          .contentType("application/octet-stream")
          .body(car)
          .post("/api/admin/accounts/ben/import?copy=true")
          .then()
          .statusCode(200);
      given()
          .baseUri(origin)
          .header("Host", "ben.localhost")
          .header("Accept", "text/html")
          .get("/")
          .then()
          .statusCode(200)
          .body(containsString("Ada the First"));
    }
  }

  private static JsonPath signUp(String origin, String name) {
    return given()
        .baseUri(origin)
        .contentType("application/json")
        .body(
            Map.of(
                "handle", name + ".localhost",
                "email", name + "@mail.test",
                "password", "a long enough one"))
        .post("/xrpc/com.atproto.server.createAccount")
        .jsonPath();
  }
}
