package tripod.atproto.xrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tripod.atproto.proxy.ServiceName;
import tripod.identity.Account;
import tripod.identity.token.Grant;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/** Who may have which service asked (atproto.md 1.4, 5 and 6). */
class ForwardingTest {
  private static final Did DID = new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
  private static final ServiceName APP_VIEW = ServiceName.parse("did:web:a.example#bsky_appview");
  private static final ServiceName OTHER = ServiceName.parse("did:web:b.example#bsky_appview");
  private static final Nsid TIMELINE = new Nsid("app.bsky.feed.getTimeline");
  private static final Nsid CHATS = new Nsid("chat.bsky.convo.listConvos");

  private static Authentication.Caller caller(Grant.Kind kind, String... scopes) {
    PodId pod = new PodId(2);
    return new Authentication.Caller(
        new Grant(pod, DID, kind, Set.of(scopes), Optional.empty(), Instant.MAX),
        new Account(
            pod,
            DID,
            new Handle("alice.example"),
            "alice",
            "alice.example",
            Optional.empty(),
            false,
            Account.State.ACTIVE,
            Instant.EPOCH,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  private static XrpcFailure refused(Authentication.Caller caller, Nsid method, ServiceName name) {
    return assertThrows(XrpcFailure.class, () -> Forwarding.mayAsk(caller, method, name));
  }

  @Test
  void oauthClient_needsTheRightForMethodAndService() {
    Authentication.Caller client =
        caller(
            Grant.Kind.OAUTH,
            "atproto",
            "rpc:app.bsky.feed.getTimeline?aud=did:web:a.example%23bsky_appview");
    assertSame(client, Forwarding.mayAsk(client, TIMELINE, APP_VIEW));
    XrpcFailure other = refused(client, TIMELINE, OTHER);
    assertEquals(403, other.status());
    assertEquals("ScopeMissingError", other.error());
    assertEquals("ScopeMissingError", refused(client, CHATS, APP_VIEW).error());
  }

  @Test
  void olderScopes_leaveMessagesOut() {
    Authentication.Caller client = caller(Grant.Kind.OAUTH, "atproto", "transition:generic");
    Forwarding.mayAsk(client, TIMELINE, OTHER);
    assertEquals("ScopeMissingError", refused(client, CHATS, OTHER).error());
    Forwarding.mayAsk(caller(Grant.Kind.OAUTH, "atproto", "transition:chat.bsky"), CHATS, OTHER);
  }

  @Test
  void plainAppPassword_mayNotReadMessages() {
    Forwarding.mayAsk(caller(Grant.Kind.APP), TIMELINE, APP_VIEW);
    assertTrue(refused(caller(Grant.Kind.APP), CHATS, APP_VIEW).getMessage().contains("Bad token"));
    Forwarding.mayAsk(caller(Grant.Kind.APP_PRIVILEGED), CHATS, APP_VIEW);
    Forwarding.mayAsk(caller(Grant.Kind.FULL), CHATS, APP_VIEW);
  }
}
