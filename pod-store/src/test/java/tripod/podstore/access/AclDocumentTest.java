package tripod.podstore.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;
import tripod.syntax.MediaType;

class AclDocumentTest {
  private static final Optional<URI> ORIGIN = Optional.of(URI.create("https://alice.example"));

  private static List<AccessRule> rules(MediaType type, String path, String text) {
    return AclDocument.rules(
        new Content.Document(type, text.getBytes(StandardCharsets.UTF_8)),
        new PodPath(path),
        ORIGIN);
  }

  private static List<AccessRule> turtle(String path, String text) {
    return rules(
        MediaType.TURTLE,
        path,
        "@prefix acl: <http://www.w3.org/ns/auth/acl#>."
            + " @prefix foaf: <http://xmlns.com/foaf/0.1/>. "
            + text);
  }

  @Test
  void rule_withAbsoluteIris_isAboutThePod() {
    AccessRule rule =
        turtle(
                "/a/",
                """
                <#r> a acl:Authorization; acl:accessTo <https://alice.example/a/>;
                  acl:default <https://alice.example/a/>;
                  acl:agent <https://alice.example/profile/card#me>, <https://bob.example/#me>;
                  acl:agentGroup <groups#friends>; acl:agentClass acl:AuthenticatedAgent;
                  acl:origin <https://app.example>; acl:mode acl:Append, acl:Unknown.
                """)
            .getFirst();
    assertTrue(rule.onTarget() && rule.onMembers() && rule.authenticated() && !rule.everyone());
    assertEquals(Set.of("pod:/profile/card#me", "https://bob.example/#me"), rule.agents());
    assertEquals(Set.of("pod:/a/groups#friends"), rule.groups());
    assertEquals(Set.of("https://app.example"), rule.origins());
    assertEquals(Set.of(AccessMode.APPEND), rule.modes());
  }

  @Test
  void rule_aboutAnotherResource_grantsNothing() {
    assertEquals(
        List.of(),
        turtle(
            "/a/b",
            "<#r> a acl:Authorization; acl:accessTo </a/c>, <https://alice.example.evil/a/b>;"
                + " acl:agentClass foaf:Agent; acl:mode acl:Read."));
  }

  @Test
  void rule_withoutTypeOrMode_grantsNothing() {
    assertEquals(
        List.of(),
        turtle(
            "/a",
            "<#r> acl:accessTo <a>; acl:agentClass foaf:Agent; acl:mode acl:Read."
                + " <#s> a acl:Authorization; acl:accessTo <a>; acl:agentClass foaf:Agent."));
  }

  @Test
  void list_inJsonLd_isRead() {
    List<AccessRule> rules =
        rules(
            MediaType.JSON_LD,
            "/a",
            """
            {"@context": {"acl": "http://www.w3.org/ns/auth/acl#"}, "@id": "#r",
             "@type": "acl:Authorization", "acl:accessTo": {"@id": "a"},
             "acl:agentClass": {"@id": "http://xmlns.com/foaf/0.1/Agent"},
             "acl:mode": {"@id": "acl:Read"}}
            """);
    assertTrue(rules.getFirst().everyone());
    assertEquals(rules, RuleCodec.decode(RuleCodec.encode(rules)));
  }

  @Test
  void list_malformed_isInvalid() {
    assertThrows(PodFailure.Invalid.class, () -> turtle("/a", "<#r> a ;"));
    assertThrows(PodFailure.Invalid.class, () -> rules(MediaType.HTML, "/a", "<p>"));
  }
}
