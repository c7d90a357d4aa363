package tripod.solid.ldp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Questions over one pod (SPARQL 1.1 Protocol). */
class SparqlQueryTest {
  private static final String ALL = "SELECT ?s ?o WHERE { ?s <http://x.example/says> ?o }";
  private PodServer pod;

  @BeforeEach
  void start() {
    pod = PodServer.start();
    put("/notes/one", "<#it> <http://x.example/says> \"open\"@en .");
    put("/secret/two", "<#it> <http://x.example/says> \"hidden\" .");
    send(
        "PUT",
        "/notes/.acl",
        "alice",
        """
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.
        @prefix foaf: <http://xmlns.com/foaf/0.1/>.
        <#o> a acl:Authorization; acl:agent </profile/card#me>; acl:accessTo <./>; acl:default <./>;
          acl:mode acl:Read, acl:Write, acl:Control.
        <#all> a acl:Authorization; acl:agentClass foaf:Agent; acl:default <./>; acl:mode acl:Read.
        """,
        "Content-Type",
        "text/turtle");
  }

  @AfterEach
  void stop() {
    pod.close();
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String who, @Nullable String body, String... headers) {
    return pod.send(who == null ? "" : who, method, path, body, headers);
  }

  private void put(String path, String turtle) {
    int status = send("PUT", path, "alice", turtle, "Content-Type", "text/turtle").statusCode();
    assertTrue(status < 300, path + " " + status);
  }

  private static String get(String query) {
    return "/.sparql?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8);
  }

  @Test
  void select_seesWhatItsAskerMayRead() {
    HttpResponse<String> stranger = send("GET", get(ALL), null, null);
    assertEquals(200, stranger.statusCode(), stranger.body());
    assertEquals(
        "application/sparql-results+json",
        stranger.headers().firstValue("Content-Type").orElse(""));
    assertTrue(stranger.body().contains("\"xml:lang\":\"en\""), stranger.body());
    assertFalse(stranger.body().contains("hidden"), stranger.body());
    HttpResponse<String> owner = send("GET", get(ALL), "alice", null);
    assertTrue(owner.body().contains("hidden") && owner.body().contains("open"), owner.body());
  }

  @Test
  void change_ofDocumentAndOfAccess_isSeenAtOnce() {
    assertTrue(send("GET", get(ALL), null, null).body().contains("open"));
    put("/notes/one", "<#it> <http://x.example/says> \"changed\" .");
    assertTrue(send("GET", get(ALL), null, null).body().contains("changed"));
    send("DELETE", "/notes/.acl", "alice", null);
    assertFalse(send("GET", get(ALL), null, null).body().contains("changed"));
  }

  @Test
  void ask_construct_andForms() {
    HttpResponse<String> ask =
        send(
            "POST",
            "/.sparql",
            null,
            "ASK { ?s <http://x.example/says> \"open\"@en }",
            "Content-Type",
            "application/sparql-query");
    assertTrue(ask.body().contains("\"boolean\":true"), ask.body());
    HttpResponse<String> construct =
        send(
            "POST",
            "/.sparql",
            null,
            "query="
                + URLEncoder.encode(
                    "CONSTRUCT { ?s <http://x.example/said> ?o } WHERE { ?s ?p ?o }",
                    StandardCharsets.UTF_8),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Accept",
            "text/turtle");
    assertEquals(200, construct.statusCode(), construct.body());
    assertTrue(construct.body().contains("http://x.example/said"), construct.body());
  }

  @Test
  void SEC_11_whatIsNoQuestion_isRefused() {
    assertEquals(400, send("GET", get("SELECT"), null, null).statusCode());
    assertEquals(400, send("GET", "/.sparql", null, null).statusCode());
    String form = "application/x-www-form-urlencoded";
    assertEquals(
        400, send("POST", "/.sparql", null, "query=%zz", "Content-Type", form).statusCode());
    assertEquals(
        400,
        send("GET", get("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"), null, null)
            .statusCode());
    assertEquals(
        400,
        send("GET", get(ALL) + "&default-graph-uri=http://x.example/", null, null).statusCode());
    assertEquals(
        413,
        send(
                "POST",
                "/.sparql",
                null,
                "#".repeat(70_000),
                "Content-Type",
                "application/sparql-query")
            .statusCode());
    assertEquals(
        415, send("POST", "/.sparql", null, "x", "Content-Type", "text/plain").statusCode());
    assertEquals(
        405,
        send("PUT", "/.sparql", "alice", "<> a <x:Y>.", "Content-Type", "text/turtle")
            .statusCode());
    assertEquals(406, send("GET", get(ALL), null, null, "Accept", "image/png").statusCode());
  }
}
