package tripod.atproto.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.identity.http.OutboundRequest.Header;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

class ForwardedFieldsTest {
  @Test
  void query_writtenRight_staysAsItIs() {
    String query = "q=a%20b%26c&uris[]=at://x/y/z&uris=%5B&plus=a+b";
    assertEquals(query, ForwardedFields.legal(query));
    assertEquals(
        "q=%7C%22%C3%A9%25zz%2", ForwardedFields.legal("q=|\"é%zz%2").replace("%252", "%2"));
    assertEquals("%25", ForwardedFields.legal("%"));
  }

  @Test
  void fieldsOfTheBody_goWithABodyAlone() {
    Map<String, String> fields =
        Map.of("Content-Type", "application/json", "Cookie", "a=b", "X-ATProto-New", "1");
    assertEquals(
        List.of(new Header("x-atproto-new", "1"), new Header("accept-encoding", "identity")),
        ForwardedFields.asked(fields, false));
    assertTrue(
        ForwardedFields.asked(fields, true)
            .contains(new Header("content-type", "application/json")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#x",
        "did:web:a.example",
        "did:web:a.example#",
        "x#y",
        "did:web:a.example#a b",
        "did:web:a.example#a#b",
        "did:web:a.example#é"
      })
  void name_ofNoService_isRefused(String text) {
    assertThrows(ProxyFailure.BadName.class, () -> ServiceName.parse(text));
  }

  @Test
  void name_ofAService_isRead() {
    assertEquals(
        new ServiceName(new Did("did:web:a.example"), "bsky_appview"),
        ServiceName.parse("did:web:a.example#bsky_appview"));
  }

  @Test
  void guardedMethods_areComparedWithoutCase() {
    assertTrue(GuardedMethods.isProtected(new Nsid("com.atproto.server.UPDATEEMAIL")));
    assertTrue(GuardedMethods.isPrivileged(new Nsid("chat.bsky.convo.listConvos")));
    assertTrue(GuardedMethods.isPrivileged(new Nsid("com.atproto.server.createAccount")));
    assertFalse(GuardedMethods.isPrivileged(new Nsid("app.bsky.feed.getTimeline")));
  }
}
