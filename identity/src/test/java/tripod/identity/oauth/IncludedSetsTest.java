package tripod.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.identity.TestDatabase;
import tripod.identity.TestRoom;
import tripod.identity.scope.PermissionSet;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.OpaqueTokens;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/** Permission sets: they must be there when asked for, and are read anew for each token. */
class IncludedSetsTest {
  private static final Nsid NAME = new Nsid("com.example.calendar.auth");
  private static final String SCOPE = "include:" + NAME + "?aud=did:web:a.example%23svc";

  private final TestRoom room = new TestRoom(TestDatabase.h2());
  private final GrantStore grants =
      new GrantStore(room.database, room.accounts, new OpaqueTokens(room.random), room.clock);
  private PermissionSets sets = PermissionSets.NONE;

  @AfterEach
  void close() {
    room.close();
  }

  private static PermissionSets publish(String permissions) throws IOException {
    PermissionSet set =
        PermissionSet.parse(
                NAME,
                new ObjectMapper()
                    .readTree(
                        "{\"type\":\"permission-set\",\"permissions\":[" + permissions + "]}"))
            .orElseThrow();
    return name -> name.equals(NAME) ? Optional.of(set) : Optional.empty();
  }

  @Test
  void request_forASetThatIsNotThere_isRefused() throws IOException {
    RequestReading reading = new RequestReading(() -> sets);
    String clientId = "http://localhost?scope=" + AppParams.encoded("atproto " + SCOPE);
    Client client = ClientMetadata.loopback(clientId);
    Params params = AppParams.of(clientId, "atproto " + SCOPE);
    assertEquals(
        "invalid_scope",
        assertThrows(OAuthFailure.class, () -> reading.read(client, params)).error());
    sets = publish("");
    assertEquals(List.of("atproto", SCOPE), reading.read(client, params).scopes());
  }

  @Test
  void token_holdsWhatIsInTheSetNow() throws IOException {
    Issuing issuing = new Issuing(grants, room.accounts, null, () -> sets, room.clock);
    PodId pod = room.account("alice").account().pod();
    Instant now = room.clock.instant();
    AppGrant grant =
        new AppGrant(
            "g",
            pod,
            "https://app.example/c",
            Optional.empty(),
            Dialect.ATPROTO,
            List.of("atproto", SCOPE),
            Optional.of("key"),
            "none",
            now,
            now,
            now.plus(Duration.ofDays(1)));
    grants.insert(grant);
    assertEquals(List.of("atproto"), scopes(issuing, grant));
    sets =
        publish(
            "{\"resource\":\"repo\",\"collection\":[\"com.example.calendar.event\"]},"
                + "{\"resource\":\"rpc\",\"lxm\":[\"com.example.calendar.list\"],"
                + "\"inheritAud\":true}");
    assertEquals(
        List.of(
            "atproto",
            "repo:com.example.calendar.event",
            "rpc:com.example.calendar.list?aud=did:web:a.example%23svc"),
        scopes(issuing, grant));
  }

  private List<String> scopes(Issuing issuing, AppGrant grant) {
    var answer = issuing.answer(grant, false, Optional.empty());
    assertEquals("atproto " + SCOPE, answer.path("scope").asText(), "as it was granted");
    return grants.find(answer.path("access_token").asText()).orElseThrow().scopes();
  }

  /** What an app sends. */
  private static final class AppParams {
    private AppParams() {}

    static String encoded(String text) {
      return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    static Params of(String clientId, String scope) {
      Map<String, List<String>> all = new HashMap<>();
      Map.of(
              "client_id",
              clientId,
              "response_type",
              "code",
              "redirect_uri",
              "http://127.0.0.1:1234/",
              "scope",
              scope,
              "code_challenge",
              "c".repeat(43),
              "code_challenge_method",
              "S256")
          .forEach((name, value) -> all.put(name, List.of(value)));
      return new Params(all);
    }
  }
}
