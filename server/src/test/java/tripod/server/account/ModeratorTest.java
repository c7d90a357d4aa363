package tripod.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static tripod.server.account.LabServer.assertOk;
import static tripod.server.account.LabServer.assertRefused;
import static tripod.server.account.LabServer.method;

import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The moderation service that is configured may look and act, and is no operator. */
class ModeratorTest {
  private static final String METHOD = "com.atproto.admin.getAccountInfo";

  @Test
  void moderationService_withItsServiceToken_mayWhatModeratorsMay(@TempDir Path data) {
    String moderator;
    try (LabServer before = new LabServer(data, Map.of())) {
      moderator = before.signUp("modera").did();
      before.signUp("alice");
    }
    // The service is an account of this server, so that its document is found without a network.
    Map<String, String> options =
        Map.of("atproto.moderation.url", "http://localhost:9", "atproto.moderation.did", moderator);
    try (LabServer server = new LabServer(data, options)) {
      LabServer.Member service = server.signedIn(moderator, LabServer.PASSWORD);
      LabServer.Member alice = server.signedIn("alice.localhost", LabServer.PASSWORD);
      String token = token(server, service, METHOD);
      Response info = info(server, alice, token);
      assertOk(info);
      assertEquals(alice.did(), info.path("did"));
      assertRefused(info(server, alice, token), 401, "BadJwt"); // SEC-59: once
      assertRefused(
          info(server, alice, token(server, service, "com.atproto.admin.getInviteCodes")),
          401,
          "BadJwtLexiconMethod");
      assertRefused(info(server, alice, token(server, alice, METHOD)), 401, "BadJwtIss");
      assertRefused(
          server.post(
              server
                  .to()
                  .header(
                      "Authorization",
                      "Bearer " + token(server, service, "com.atproto.admin.deleteAccount")),
              "admin.deleteAccount",
              Map.of("did", alice.did())),
          401,
          "AuthenticationRequired");
      Response hidden =
          server.post(
              server
                  .to()
                  .header(
                      "Authorization",
                      "Bearer " + token(server, service, "com.atproto.admin.updateSubjectStatus")),
              "admin.updateSubjectStatus",
              Map.of(
                  "subject",
                  Map.of("$type", "com.atproto.admin.defs#repoRef", "did", alice.did()),
                  "takedown",
                  Map.of("applied", true, "ref", "case-1")));
      assertOk(hidden);
      assertRefused(
          server.to().queryParam("did", alice.did()).get(method("sync.getRepo")),
          400,
          "RepoTakendown");
    }
  }

  private static Response info(LabServer server, LabServer.Member of, String token) {
    return server
        .to()
        .header("Authorization", "Bearer " + token)
        .queryParam("did", of.did())
        .get(method("admin.getAccountInfo"));
  }

  private static String token(LabServer server, LabServer.Member member, String lxm) {
    String service = server.to().get(method("server.describeServer")).path("did");
    Response made =
        server
            .as(member)
            .queryParam("aud", service)
            .queryParam("lxm", lxm)
            .get(method("server.getServiceAuth"));
    assertOk(made);
    return made.path("token");
  }
}
