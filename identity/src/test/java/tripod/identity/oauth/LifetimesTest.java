package tripod.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.TestDatabase;
import tripod.identity.TestRoom;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.OpaqueTokens;
import tripod.identity.token.StoredBearerTokens;
import tripod.syntax.PodId;

/** How long each thing lasts, and what ends it before, with a clock in hand. */
class LifetimesTest {
  private static final AuthorizationRequest REQUEST =
      new AuthorizationRequest(
          "https://app.example/c",
          Dialect.ATPROTO,
          "https://app.example/back",
          AuthorizationRequest.Mode.QUERY,
          List.of("atproto"),
          Optional.of("s"),
          Optional.of("c"),
          Optional.empty(),
          List.of("login"),
          Optional.of("alice.localhost"),
          Optional.empty());

  private final TestRoom room = new TestRoom(TestDatabase.sqlite());
  private final OpaqueTokens opaque = new OpaqueTokens(room.random);
  private final GrantStore grants =
      new GrantStore(room.database, room.accounts, opaque, room.clock);

  @AfterEach
  void close() {
    room.close();
  }

  private AppGrant grant(String id, PodId pod, Dialect dialect, String auth) {
    Instant now = room.clock.instant();
    return new AppGrant(
        id,
        pod,
        "https://app.example/c",
        Optional.empty(),
        dialect,
        List.of("read", "write"),
        Optional.of("key"),
        auth,
        now,
        now,
        now.plus(Duration.ofDays(14)));
  }

  @Test
  void request_isReadAsItWasWritten() {
    assertEquals(REQUEST, AuthorizationRequest.read(REQUEST.written()));
  }

  @Test
  void SEC_56_request_waitsFiveMinutesFromWhenItWasLookedAt_forItsBrowserAlone() {
    RequestStore requests = new RequestStore(room.database, opaque, room.clock);
    String uri = requests.keep(REQUEST);
    assertTrue(requests.open(uri, REQUEST.clientId(), "mine").isPresent());
    room.pass(Duration.ofMinutes(4));
    assertTrue(requests.open(uri, REQUEST.clientId(), "mine").isPresent());
    room.pass(Duration.ofMinutes(5).plusSeconds(1));
    assertTrue(requests.open(uri, REQUEST.clientId(), "mine").isEmpty());

    String stolen = requests.keep(REQUEST);
    assertTrue(requests.open(stolen, REQUEST.clientId(), "mine").isPresent());
    assertTrue(requests.open(stolen, REQUEST.clientId(), "another").isEmpty());
    assertTrue(requests.open(stolen, REQUEST.clientId(), "mine").isEmpty(), "destroyed");

    String renamed = requests.keep(REQUEST);
    assertTrue(requests.open(renamed, "https://other.example/c", "mine").isEmpty());
    assertFalse(requests.drop(renamed), "destroyed");
    assertTrue(requests.open("nonsense", REQUEST.clientId(), "mine").isEmpty());
  }

  @Test
  void SEC_56_code_isGoodForAMinute_andUsedOnce() {
    CodeStore codes = new CodeStore(room.database, opaque, room.clock);
    PodId pod = room.account("alice").account().pod();
    String code = codes.make(pod, REQUEST, List.of("atproto"));
    CodeStore.Code there = codes.peek(code).orElseThrow();
    assertEquals(room.clock.instant().plusSeconds(60), Instant.ofEpochMilli(there.expiresMs()));
    assertTrue(codes.use(code, "first"));
    assertFalse(codes.use(code, "second"));
    assertEquals(Optional.of("first"), codes.peek(code).orElseThrow().grantId());
    room.pass(Duration.ofHours(25));
    codes.make(pod, REQUEST, List.of("atproto"));
    assertTrue(codes.peek(code).isEmpty(), "forgotten after a day");
  }

  @Test
  void SEC_58_grant_lastsByDialectAndByWhetherTheClientSigns() {
    Issuing issuing =
        new Issuing(grants, room.accounts, null, () -> PermissionSets.NONE, room.clock);
    PodId pod = room.account("alice").account().pod();
    AppGrant open = grant("a", pod, Dialect.ATPROTO, "none");
    AppGrant signing = grant("b", pod, Dialect.ATPROTO, "private_key_jwt k ES256 t");
    AppGrant solid = grant("c", pod, Dialect.SOLID, "none");
    Instant begin = room.clock.instant();
    room.pass(Duration.ofDays(10));
    Instant now = room.clock.instant();
    assertEquals(begin.plus(Duration.ofDays(14)), issuing.expiry(open, true));
    assertEquals(now.plus(Duration.ofDays(90)), issuing.expiry(signing, true));
    assertEquals(now.plus(Duration.ofDays(14)), issuing.expiry(solid, true));
    assertEquals(now.plus(Duration.ofMinutes(15)), issuing.expiry(open, false));
    room.pass(Duration.ofDays(700));
    assertEquals(begin.plus(Duration.ofDays(730)), issuing.expiry(signing, true));
  }

  @Test
  void bearerOfAMastodonApp_lastsAsLongAsItIsUsed() {
    BearerTokens bearers =
        new MastodonBearers(
            new StoredBearerTokens(room.database, room.accounts, room.clock, room.random),
            grants,
            room.accounts,
            room.clock);
    PodId pod = room.account("alice").account().pod();
    grants.insert(grant("m", pod, Dialect.MASTODON, "client_secret"));
    String token =
        grants.token(
            "mat-",
            "m",
            GrantRows.Kind.BEARER,
            List.of("read"),
            room.clock.instant().plus(Issuing.IDLE_MAX));
    for (int i = 0; i < 3; i++) {
      room.pass(Duration.ofDays(80));
      assertEquals(pod, bearers.verify(token, BearerTokens.READ).pod());
    }
    room.pass(Duration.ofDays(91));
    assertThrows(
        IdentityFailure.ExpiredToken.class, () -> bearers.verify(token, BearerTokens.READ));
  }

  @Test
  void SEC_61_newPasswordTakedownAndDeletion_endEveryGrant() {
    Account alice = room.account("alice").account();
    Account bob = room.account("bob").account();
    for (Runnable end :
        List.<Runnable>of(
            () -> room.accounts.setPassword(alice.pod(), Secret.of("another-Long-passw0rd")),
            () -> room.accounts.restrict(alice.pod(), Account.State.TAKENDOWN, "r"),
            () -> room.accounts.delete(alice.pod()))) {
      grants.insert(grant("of-alice", alice.pod(), Dialect.SOLID, "none"));
      grants.revokeAll(bob.pod());
      grants.insert(grant("of-bob", bob.pod(), Dialect.SOLID, "none"));
      assertTrue(grants.isLive("of-alice"));
      end.run();
      assertFalse(grants.isLive("of-alice"));
      assertTrue(grants.isLive("of-bob"));
    }
    grants.revoke(alice.pod(), "of-bob");
    assertTrue(grants.isLive("of-bob"), "of somebody else");
  }
}
