package tripod.solid.ldp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Web Access Control through HTTP: who may do what, and who may know what. */
class AccessTest {
  private static final String PREFIXES =
      "@prefix acl: <http://www.w3.org/ns/auth/acl#>. @prefix foaf: <http://xmlns.com/foaf/0.1/>.\n";
  private static final String DOC = "<> <p:p> 1 .";
  private static final String INSERT = "solid:inserts { <#n> <p:n> 1 }";
  private static final String DELETE = "solid:deletes { <> <p:p> 1 }";
  private static final String WHERE = "solid:where { ?s <p:p> 1 }; solid:inserts { ?s <p:q> 1 }";

  private static PodServer pod;
  private static int count;

  @BeforeAll
  static void start() {
    pod = PodServer.start();
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  /** What each mode on a container and its members lets bob do there: 1 for yes. */
  @ParameterizedTest
  @CsvSource({
    // modes,            GET PUT POST INS DEL WHR DELETE new GETacl
    "'',                 0,  0,  0,   0,  0,  0,  0,     0,  0",
    "acl:Read,           1,  0,  0,   0,  0,  0,  0,     0,  0",
    "acl:Append,         0,  0,  1,   1,  0,  0,  0,     0,  0",
    "acl:Write,          0,  1,  1,   1,  0,  0,  1,     1,  0",
    "acl:Control,        0,  0,  0,   0,  0,  0,  0,     0,  1",
    "'acl:Read,acl:Append', 1, 0, 1,  1,  0,  1,  0,     0,  0",
    "'acl:Read,acl:Write',  1, 1, 1,  1,  1,  1,  1,     1,  0",
  })
  void SEC_70_modes_ofAnAgent_allowExactlyTheirMethods(
      String modes,
      int get,
      int put,
      int post,
      int ins,
      int del,
      int where,
      int rm,
      int fresh,
      int acl) {
    String box = box();
    String rule =
        modes.isEmpty()
            ? ""
            : rule(box, box, "acl:agent <" + PodServer.BOB + ">", modes.replace(",", ", "));
    setAcl(box, rule);
    String doc = box + "d.ttl";
    assertAllowed(get, pod.get("bob", doc));
    assertAllowed(get, pod.send("bob", "HEAD", doc, null));
    assertAllowed(post, pod.send("bob", "POST", box, DOC, "Content-Type", "text/turtle"));
    assertAllowed(ins, pod.patch("bob", doc, INSERT));
    assertAllowed(where, pod.patch("bob", doc, WHERE));
    assertAllowed(del, pod.patch("bob", doc, DELETE));
    assertAllowed(put, pod.put("bob", doc, DOC));
    assertAllowed(fresh, pod.put("bob", box + "new.ttl", DOC));
    assertAllowed(acl, pod.get("bob", box + ".acl"));
    assertAllowed(rm, pod.send("bob", "DELETE", doc, null));
    assertEquals(401, pod.status("", "GET", box, null));
  }

  @Test
  void SEC_70_delete_needsWriteOnTheContainerToo() {
    String box = box();
    setAcl(box, rule("", box, "acl:agent <" + PodServer.BOB + ">", "acl:Read, acl:Write"));
    assertEquals(403, pod.status("bob", "DELETE", box + "d.ttl", null));
    assertEquals(403, pod.put("bob", box + "new.ttl", DOC).statusCode());
  }

  @Test
  void SEC_70_ownList_replacesTheInheritedOne() {
    String box = box();
    setAcl(box, rule(box, box, "acl:agentClass foaf:Agent", "acl:Read"));
    assertEquals(200, pod.status("", "GET", box + "d.ttl", null));
    setAcl(box + "d.ttl", "");
    assertEquals(401, pod.status("", "GET", box + "d.ttl", null));
    assertEquals(204, pod.status("alice", "DELETE", box + "d.ttl.acl", null));
    assertEquals(200, pod.status("", "GET", box + "d.ttl", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[] acl:accessTo <%s>; acl:agentClass foaf:Agent; acl:mode acl:Read .",
        "[] a acl:Authorization; acl:accessTo </other>; acl:agentClass foaf:Agent; acl:mode acl:Read .",
        "[] a acl:Authorization; acl:accessTo <%s>; acl:mode acl:Read .",
        "[] a acl:Authorization; acl:accessTo <%s>; acl:agentClass foaf:Agent; acl:mode acl:Fly ."
      })
  void SEC_70_ruleThatIsNotWhole_grantsNothing(String rule) {
    String doc = box() + "d.ttl";
    setAcl(doc, rule.replace("%s", pod.url(doc)));
    assertEquals(403, pod.status("bob", "GET", doc, null));
  }

  @ParameterizedTest
  @CsvSource({"'<a> <b> .', 400", "'<#a> <p:p> 1 .', 409", "'', 409"})
  void SEC_70_listThatLeavesNobodyInControl_isRefused(String list, int status) {
    String doc = box() + "d.ttl";
    setAcl(doc, rule(doc, "", "acl:agentClass foaf:Agent", "acl:Read"));
    assertEquals(status, pod.put("alice", doc + ".acl", list).statusCode());
    assertEquals(200, pod.status("", "GET", doc, null));
    assertEquals(status, pod.put("alice", "/.acl", list).statusCode());
    assertEquals(200, pod.status("alice", "GET", "/", null));
  }

  @Test
  void list_thatIsNotThere_isNotFoundForItsController() {
    String doc = box() + "d.ttl";
    assertEquals(404, pod.status("alice", "GET", doc + ".acl", null));
    assertEquals(403, pod.status("bob", "GET", doc + ".acl", null));
    assertEquals(401, pod.status("", "GET", doc + ".acl", null));
  }

  @Test
  void list_patchedWithN3_counts() {
    String doc = box() + "d.ttl";
    setAcl(doc, "");
    String add =
        "solid:inserts { <#bob> a <http://www.w3.org/ns/auth/acl#Authorization>;"
            + " <http://www.w3.org/ns/auth/acl#accessTo> <"
            + pod.url(doc)
            + ">; <http://www.w3.org/ns/auth/acl#agent> <"
            + PodServer.BOB
            + ">; <http://www.w3.org/ns/auth/acl#mode> <http://www.w3.org/ns/auth/acl#Read> }";
    assertEquals(204, pod.patch("alice", doc + ".acl", add).statusCode());
    assertEquals(200, pod.status("bob", "GET", doc, null));
    assertTrue(pod.get("alice", doc + ".acl").body().contains("acl:mode acl:Read"));
  }

  @Test
  void list_deletedWithItsResource_doesNotComeBack() {
    String doc = box() + "d.ttl";
    setAcl(doc, rule(doc, "", "acl:agentClass foaf:Agent", "acl:Read"));
    pod.send("alice", "DELETE", doc, null);
    pod.put("alice", doc, DOC);
    assertEquals(401, pod.status("", "GET", doc, null));
  }

  @Test
  void SEC_71_group_followsItsDocument() {
    String box = box();
    String group = box + "group.ttl";
    String member = "<#g> <http://www.w3.org/2006/vcard/ns#hasMember> <" + PodServer.BOB + "> .";
    pod.put("alice", group, member);
    setAcl(
        box + "d.ttl",
        rule(box + "d.ttl", "", "acl:agentGroup <" + pod.url(group) + "#g>", "acl:Read"));
    assertEquals(200, pod.status("bob", "GET", box + "d.ttl", null));
    pod.put("alice", group, "<#g> a <p:Group> .");
    assertEquals(403, pod.status("bob", "GET", box + "d.ttl", null));
  }

  @Test
  void origin_thatARuleNames_limitsSignedInAgents() {
    String doc = box() + "d.ttl";
    setAcl(
        doc,
        rule(doc, "", "acl:agent <" + PodServer.BOB + ">", "acl:Read")
            + rule(doc, "", "acl:origin <https://good.example>", "acl:Read"));
    assertEquals(200, pod.status("bob", "GET", doc, null, "Origin", "https://good.example"));
    assertEquals(403, pod.status("bob", "GET", doc, null, "Origin", "https://bad.example"));
    assertEquals(200, pod.status("bob", "GET", doc, null));
  }

  @Test
  void SEC_73_privateResource_looksLikeNone() {
    String box = box();
    for (String who : new String[] {"", "bob"}) {
      for (String path : new String[] {"d.ttl", "ghost.ttl", "d.ttl/", "d.ttl.meta", "ghost.acl"}) {
        int expected = who.isEmpty() ? 401 : 403;
        assertEquals(expected, pod.status(who, "GET", box + path, null), who + path);
        assertEquals(expected, pod.put(who, box + path, DOC).statusCode(), who + path);
        assertEquals(expected, pod.status(who, "DELETE", box + path, null), who + path);
      }
    }
  }

  @Test
  void SEC_73_missingMember_showsOnlyToReadersOfTheContainer() {
    String box = box();
    setAcl(box, rule("", box, "acl:agent <" + PodServer.BOB + ">", "acl:Read"));
    setAcl(box + "d.ttl", "");
    assertEquals(403, pod.status("bob", "GET", box + "d.ttl", null));
    assertEquals(403, pod.status("bob", "GET", box + "ghost.ttl", null));
    setAcl(box, rule(box, box, "acl:agent <" + PodServer.BOB + ">", "acl:Read"));
    assertEquals(403, pod.status("bob", "GET", box + "d.ttl", null));
    assertEquals(404, pod.status("bob", "GET", box + "ghost.ttl", null));
  }

  @Test
  void SEC_73_listing_showsStrangersOnlyWhatTheyMayRead() {
    String box = box();
    pod.put("alice", box + "open.ttl", DOC);
    setAcl(box, rule(box, box, "acl:agentClass foaf:Agent", "acl:Read"));
    setAcl(box + "d.ttl", "");
    String seen = pod.get("", box).body();
    assertTrue(seen.contains("open.ttl") && !seen.contains("d.ttl"), seen);
    assertTrue(pod.get("alice", box).body().contains("d.ttl"));
  }

  @Test
  void wacAllow_saysWhatTheAgentAndThePublicMay() {
    String doc = box() + "d.ttl";
    setAcl(
        doc,
        rule(doc, "", "acl:agentClass foaf:Agent", "acl:Read")
            + rule(doc, "", "acl:agent <" + PodServer.BOB + ">", "acl:Append"));
    assertEquals(
        "user=\"read append\",public=\"read\"",
        pod.get("bob", doc).headers().firstValue("WAC-Allow").orElse(""));
    assertEquals(
        "user=\"read\",public=\"read\"",
        pod.get("", doc).headers().firstValue("WAC-Allow").orElse(""));
  }

  @Test
  void token_thatDoesNotHold_isRefusedEvenWhereNoneIsNeeded() {
    String doc = box() + "d.ttl";
    setAcl(doc, rule(doc, "", "acl:agentClass foaf:Agent", "acl:Read"));
    HttpResponse<String> answer = pod.get("mallory", doc);
    assertEquals(401, answer.statusCode());
    assertTrue(answer.headers().firstValue("WWW-Authenticate").isPresent());
  }

  @Test
  void cors_ofEveryAnswer_letsBrowsersRead() {
    String doc = box() + "d.ttl";
    String origin = "https://app.example";
    for (int status : new int[] {200, 401, 404}) {
      HttpResponse<String> answer =
          status == 401
              ? pod.get("", doc, "Origin", origin)
              : pod.get("alice", status == 404 ? doc + "x" : doc, "Origin", origin);
      assertEquals(status, answer.statusCode());
      assertEquals(origin, answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
      assertTrue(answer.headers().firstValue("Vary").orElse("").contains("Origin"));
    }
    HttpResponse<String> preflight =
        pod.send(
            "",
            "OPTIONS",
            doc,
            null,
            "Origin",
            origin,
            "Access-Control-Request-Method",
            "PATCH",
            "Access-Control-Request-Headers",
            "x-custom, dpop");
    assertEquals(204, preflight.statusCode());
    assertTrue(
        preflight
            .headers()
            .firstValue("Access-Control-Allow-Methods")
            .orElse("")
            .contains("PATCH"));
    assertTrue(
        preflight
            .headers()
            .firstValue("Access-Control-Allow-Headers")
            .orElse("")
            .contains("x-custom"));
  }

  private static String box() {
    String box = "/wac" + ++count + "/";
    assertEquals(201, pod.put("alice", box + "d.ttl", DOC).statusCode());
    return box;
  }

  private static void setAcl(String path, String rules) {
    String owner =
        rule(
            path,
            path.endsWith("/") ? path : "",
            "acl:agent <" + pod.names.webId() + ">",
            "acl:Read, acl:Write, acl:Control");
    HttpResponse<String> answer = pod.put("alice", path + ".acl", PREFIXES + owner + rules);
    assertTrue(answer.statusCode() < 300, answer.body());
  }

  private static String rule(String target, String inherit, String subject, String modes) {
    return "[] a acl:Authorization; "
        + (target.isEmpty() ? "" : "acl:accessTo <" + pod.url(target) + ">; ")
        + (inherit.isEmpty() ? "" : "acl:default <" + pod.url(inherit) + ">; ")
        + subject
        + "; acl:mode "
        + modes
        + " .\n";
  }

  private static void assertAllowed(int yes, HttpResponse<String> answer) {
    String what = answer.request().method() + " " + answer.uri() + " " + answer.statusCode();
    assertEquals(yes == 1, answer.statusCode() < 300, what);
    if (yes == 0) {
      assertEquals(403, answer.statusCode(), what);
    }
  }
}
