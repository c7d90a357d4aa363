package tripod.identity.scope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.identity.Fixtures;
import tripod.syntax.Nsid;

/** The grammar against the published vectors, and what each permission allows. */
class PermissionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Valid since the vectors were made: an OAuth client may deactivate (atproto.md 5.7). */
  private static final Set<String> SINCE_ALLOWED =
      Set.of("account:status", "account:status?action=manage");

  static List<String> valid() throws IOException {
    return lines("permission_scopes_valid.txt");
  }

  static List<String> invalid() throws IOException {
    return lines("permission_scopes_invalid.txt").stream()
        .filter(line -> !SINCE_ALLOWED.contains(line))
        .toList();
  }

  private static String text(String name) throws IOException {
    return Files.readString(Fixtures.folder("atproto/oauth").resolve(name));
  }

  private static List<String> lines(String name) throws IOException {
    return text(name)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("# "))
        .distinct()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("valid")
  void parse_valid_andItsOwnTextAgain(String scope) {
    Permission permission = Permission.parse(scope).orElseThrow();
    assertEquals(Optional.of(permission), Permission.parse(permission.toString()));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void parse_invalid_isIgnored(String scope) {
    assertEquals(Optional.empty(), Permission.parse(scope));
  }

  @Test
  void grammar_validVectors() throws IOException {
    for (JsonNode one : JSON.readTree(text("generic_scopes_valid.json"))) {
      ScopeText text = ScopeText.parse(one.path("scope").asText()).orElseThrow();
      JsonNode generic = one.path("generic");
      assertEquals(generic.path("resource").asText(), text.resource());
      assertEquals(generic.path("positional").asText(), text.positional().orElse(""));
      Map<String, List<String>> params = new TreeMap<>();
      generic
          .path("params")
          .properties()
          .forEach(
              param -> {
                List<String> values = new ArrayList<>();
                param.getValue().forEach(value -> values.add(value.asText()));
                params.put(param.getKey(), values);
              });
      assertEquals(params, new TreeMap<>(text.params()));
    }
  }

  @Test
  void grammar_invalidVectors() throws IOException {
    for (String scope : lines("generic_scopes_invalid.txt")) {
      assertEquals(Optional.empty(), ScopeText.parse(scope), scope);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"repo:%", "repo:%4", "repo:%zz", "blob:a\"b/c", "blob:a/b c"})
  void grammar_brokenEscapesAndCharacters_areIgnored(String scope) {
    assertEquals(Optional.empty(), Permission.parse(scope));
  }

  @Test
  void parse_deactivation_isAllowedSince() {
    assertTrue(SINCE_ALLOWED.stream().allMatch(scope -> Permission.parse(scope).isPresent()));
  }

  @Test
  void repo_allowsItsCollectionsAndActionsOnly() {
    Nsid post = new Nsid("app.bsky.feed.post");
    Permissions create = Permissions.of(Set.of("repo:app.bsky.feed.post?action=create"));
    assertTrue(create.allowsRepo(post, Permission.Action.CREATE));
    assertFalse(create.allowsRepo(post, Permission.Action.DELETE));
    assertFalse(create.allowsRepo(new Nsid("app.bsky.feed.like"), Permission.Action.CREATE));
    assertTrue(Permissions.of(Set.of("repo:*")).allowsRepo(post, Permission.Action.UPDATE));
    assertFalse(Permissions.of(Set.of("atproto")).allowsRepo(post, Permission.Action.CREATE));
  }

  @Test
  void rpc_allowsItsMethodsAtItsAudience() {
    Permissions one = Permissions.of(Set.of("rpc:com.example.read?aud=did:web:a.example%23svc"));
    assertTrue(one.allowsRpc("com.example.read", "did:web:a.example#svc"));
    assertFalse(one.allowsRpc("com.example.read", "did:web:b.example#svc"));
    assertFalse(one.allowsRpc("com.example.write", "did:web:a.example#svc"));
    assertFalse(one.allowsRpc("*", "did:web:a.example#svc"));
    Permissions all = Permissions.of(Set.of("rpc?lxm=*&aud=did:web:a.example%23svc"));
    assertTrue(all.allowsRpc("*", "did:web:a.example#svc"));
  }

  @Test
  void transition_allowsAllButMessages() {
    Permissions generic = Permissions.of(Set.of("atproto", "transition:generic"));
    assertTrue(generic.allowsRepo(new Nsid("com.example.any"), Permission.Action.DELETE));
    assertTrue(generic.allowsBlob("video/mp4"));
    assertTrue(generic.allowsRpc("app.bsky.feed.getTimeline", "did:web:a.example#x"));
    assertFalse(generic.allowsRpc("chat.bsky.convo.listConvos", "did:web:a.example#x"));
    assertFalse(generic.allowsAccount(Permission.Part.EMAIL, Permission.Access.READ));
    assertFalse(generic.allowsIdentity("handle"));
    Permissions chat = Permissions.of(Set.of("transition:chat.bsky", "transition:email"));
    assertTrue(chat.allowsRpc("chat.bsky.convo.listConvos", "did:web:a.example#x"));
    assertFalse(chat.allowsRpc("app.bsky.feed.getTimeline", "did:web:a.example#x"));
    assertTrue(chat.allowsAccount(Permission.Part.EMAIL, Permission.Access.READ));
    assertFalse(chat.allowsAccount(Permission.Part.EMAIL, Permission.Access.MANAGE));
  }

  @Test
  void blob_matchesByMediaType() {
    Permissions pictures = Permissions.of(Set.of("blob?accept=image/*&accept=text/plain"));
    assertTrue(pictures.allowsBlob("image/png"));
    assertTrue(pictures.allowsBlob("IMAGE/PNG"));
    assertTrue(pictures.allowsBlob("text/plain"));
    assertFalse(pictures.allowsBlob("text/html"));
    assertTrue(Permissions.of(Set.of("blob:image/svg+xml")).allowsBlob("image/svg+xml"));
  }

  @Test
  void account_manageMeansReadAsWell() {
    Permissions manage = Permissions.of(Set.of("account:email?action=manage", "identity:*"));
    assertTrue(manage.allowsAccount(Permission.Part.EMAIL, Permission.Access.READ));
    assertFalse(manage.allowsAccount(Permission.Part.REPO, Permission.Access.READ));
    assertTrue(manage.allowsIdentity("handle"));
    assertFalse(Permissions.of(Set.of("identity:handle")).allowsIdentity("*"));
  }

  @Test
  void set_keepsEntriesOfItsOwnGroup_andGivesItsAudience() throws IOException {
    JsonNode main =
        JSON.readTree(
            """
            {"type": "permission-set", "title": "Calendar", "permissions": [
              {"resource": "repo", "collection": ["com.example.calendar.event"]},
              {"resource": "repo", "collection": ["com.example.other.event"]},
              {"resource": "repo", "collection": ["*"]},
              {"resource": "blob", "accept": ["*/*"]},
              {"resource": "rpc", "lxm": ["com.example.calendar.list"], "inheritAud": true},
              {"resource": "rpc", "lxm": ["com.example.calendar.any"], "aud": "*"},
              {"resource": "rpc", "lxm": ["com.example.calendar.not"],
               "aud": "did:web:a.example#svc"}]}
            """);
    PermissionSet set =
        PermissionSet.parse(new Nsid("com.example.calendar.auth"), main).orElseThrow();
    var include =
        (Permission.Include)
            Permission.parse("include:com.example.calendar.auth?aud=did:web:a.example%23svc")
                .orElseThrow();
    assertEquals(
        List.of(
            "repo:com.example.calendar.event",
            "rpc:com.example.calendar.list?aud=did:web:a.example%23svc",
            "rpc:com.example.calendar.any?aud=*"),
        set.expand(include).stream().map(Permission::toString).toList());
    var bare =
        (Permission.Include) Permission.parse("include:com.example.calendar.auth").orElseThrow();
    assertEquals(2, set.expand(bare).size());
  }
}
