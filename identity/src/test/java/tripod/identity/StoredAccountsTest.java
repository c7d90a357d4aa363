package tripod.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tripod.identity.did.PlcOperation;
import tripod.identity.key.DidKey;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

abstract class StoredAccountsTest {
  private final TestRoom room = new TestRoom(database());

  abstract TestDatabase database();

  static class OnH2Test extends StoredAccountsTest {
    @Override
    TestDatabase database() {
      return TestDatabase.h2();
    }
  }

  static class OnSqliteTest extends StoredAccountsTest {
    @Override
    TestDatabase database() {
      return TestDatabase.sqlite();
    }
  }

  @AfterEach
  void close() {
    room.close();
  }

  private NewAccount wanted(String handle, String email) {
    return NewAccount.of(new Handle(handle), Optional.of(email), Secret.of(TestRoom.PASSWORD));
  }

  @Test
  void create_labAccount_allNamesAgree() {
    var made = room.account("alice");
    Account account = made.account();
    assertEquals("http://alice.localhost:8080", made.names().origin().toString());
    assertEquals("alice@alice.localhost:8080", made.names().acct());
    assertEquals(Optional.of(account), room.accounts.byHandle(new Handle("ALICE.localhost")));
    assertEquals(Optional.of(account), room.accounts.byName("alice"));
    assertEquals(Optional.of(account), room.accounts.byHost("alice.localhost"));
    assertEquals(Optional.of(account), room.accounts.byDid(account.did()));
    assertEquals(Optional.of(account), room.accounts.byEmail("Alice@mail.test"));
    assertEquals(Optional.of(account), room.accounts.byPod(account.pod()));
    assertTrue(room.accounts.byHost("localhost").isEmpty());
    var document = room.dids.resolve(account.did()).orElseThrow();
    assertEquals(Optional.of(account.handle()), document.handle());
    assertEquals(Optional.of(room.keys.didKey(account.pod())), document.signingKey());
    assertEquals("http://localhost:8080", document.pds().orElseThrow().toString());
    assertEquals(Optional.of(account.handle()), room.dids.verifiedHandle(account.did()));
    assertTrue(room.database.pods().contains(account.pod()));
    byte[] message = {1};
    assertTrue(
        DidKey.parse(document.signingKey().orElseThrow())
            .verify(message, room.keys.signRepo(account.pod(), message)));
    assertEquals(List.of(account), room.accounts.list(Optional.empty(), 10));
    assertEquals(1, room.accounts.count());
    assertEquals(Optional.empty(), room.audit.firstBroken());
  }

  @Test
  void create_namesAndAddressesTaken_refusedAlike() {
    room.account("alice");
    assertThrows(
        IdentityFailure.HandleTaken.class,
        () -> room.accounts.create(wanted("ALICE.localhost", "b@mail.test")));
    assertThrows(
        IdentityFailure.EmailTaken.class,
        () -> room.accounts.create(wanted("bob.localhost", "ALICE@mail.test")));
    assertThrows(
        IdentityFailure.UnsupportedDomain.class,
        () -> room.accounts.create(wanted("someone.example.com", "c@mail.test")));
    for (String bad : List.of("a.b.localhost", "ab.localhost", "abcdefghijklmnopqrs.localhost")) {
      assertThrows(
          IdentityFailure.InvalidHandle.class,
          () -> room.accounts.create(wanted(bad, "d@mail.test")));
    }
    assertThrows(
        IdentityFailure.HandleTaken.class,
        () -> room.accounts.create(wanted("admin.localhost", "e@mail.test")));
    assertThrows(
        IdentityFailure.InvalidEmail.class,
        () -> room.accounts.create(wanted("carol.localhost", "no address")));
    assertEquals(1, room.database.pods().size());
  }

  @Test
  void create_podFails_leavesNothingBehind() {
    room.database.failNextCreation(new IllegalStateException("full"));
    assertThrows(IllegalStateException.class, () -> room.account("alice"));
    assertTrue(room.accounts.byName("alice").isEmpty());
    var made = room.account("alice");
    assertEquals(Optional.of(made.account()), room.accounts.byName("alice"));
    assertEquals(1, room.database.pods().size());
    assertEquals(Optional.empty(), room.audit.firstBroken());
  }

  @Test
  void create_askedAboutBefore_isFoundAfter() {
    assertTrue(room.accounts.byHost("alice.localhost").isEmpty());
    room.account("alice");
    assertTrue(room.accounts.byHost("alice.localhost").isPresent());
  }

  @Test
  void create_withIdentityOfElsewhere_isBornAsleep() {
    Did did = new Did("did:web:alice.example.com");
    var made =
        room.accounts.create(
            new NewAccount(
                new Handle("alice.localhost"),
                Optional.empty(),
                Secret.of(TestRoom.PASSWORD),
                Optional.of(did),
                Optional.empty(),
                Optional.empty()));
    assertEquals(did, made.account().did());
    assertEquals(Account.State.DEACTIVATED, made.account().state());
    assertThrows(
        IdentityFailure.Conflict.class,
        () ->
            room.accounts.create(
                new NewAccount(
                    new Handle("alice2.localhost"),
                    Optional.empty(),
                    Secret.of(TestRoom.PASSWORD),
                    Optional.of(did),
                    Optional.empty(),
                    Optional.empty())));
    assertEquals(Account.State.ACTIVE, room.accounts.activate(made.account().pod()).state());
  }

  @Test
  void create_withRecoveryKey_putsItAboveTheHosts() {
    String key = DidKey.ofSecp256k1(tripod.identity.key.Secp256k1.generate(room.random)).toString();
    var made =
        room.accounts.create(
            new NewAccount(
                new Handle("alice.localhost"),
                Optional.empty(),
                Secret.of(TestRoom.PASSWORD),
                Optional.empty(),
                Optional.of(key),
                Optional.empty()));
    PlcOperation last = PlcOperation.parse(room.plc.last(made.account().did()).orElseThrow());
    assertEquals(
        List.of(key, room.hostKeys.rotationDidKey()), last.state().orElseThrow().rotationKeys());
  }

  @Test
  void updateHandle_underOurDomain_keepsThePodsHost() {
    List<AccountChange> told = new ArrayList<>();
    var made = room.account("alice");
    room.accounts.onChange(told::add);
    PodId pod = made.account().pod();
    Account after = room.accounts.updateHandle(pod, new Handle("alicia.localhost"));
    assertEquals("alice.localhost", after.host());
    assertEquals(made.names().origin(), room.accounts.names(after).origin());
    assertEquals(Optional.of(after), room.accounts.byHost("alicia.localhost"));
    assertEquals(Optional.of(after), room.accounts.byHost("alice.localhost"));
    assertTrue(room.accounts.byHandle(new Handle("alice.localhost")).isEmpty());
    assertEquals(
        Optional.of(after.handle()), room.dids.resolve(after.did()).orElseThrow().handle());
    assertThrows(IdentityFailure.HandleTaken.class, () -> room.account("alice"));
    assertThrows(
        IdentityFailure.InvalidHandle.class,
        () -> room.accounts.updateHandle(pod, new Handle("alice.example.com")));
    int operations = room.plc.auditLog(after.did()).size();
    room.accounts.updateHandle(pod, new Handle("alicia.localhost"));
    assertEquals(operations, room.plc.auditLog(after.did()).size());
    assertEquals(2, told.size());
    Account back = room.accounts.updateHandle(pod, new Handle("alice.localhost"));
    assertTrue(room.accounts.byHost("alicia.localhost").isEmpty());
    assertEquals("alice.localhost", back.handle().value());
  }

  @Test
  void states_comeAndGo() {
    PodId pod = room.account("alice").account().pod();
    assertEquals(
        Account.State.DEACTIVATED, room.accounts.deactivate(pod, Optional.empty()).state());
    assertEquals(
        Account.State.TAKENDOWN,
        room.accounts.restrict(pod, Account.State.TAKENDOWN, "ref").state());
    assertThrows(IdentityFailure.Inactive.class, () -> room.accounts.activate(pod));
    assertEquals(Account.State.DEACTIVATED, room.accounts.restore(pod).state());
    assertEquals(Account.State.ACTIVE, room.accounts.activate(pod).state());
    assertEquals(
        Optional.of("new@mail.test"),
        room.accounts.setEmail(pod, Optional.of("new@mail.test"), true).email());
    assertTrue(room.accounts.byPod(pod).orElseThrow().emailConfirmed());
  }

  @Test
  void delete_takesAllRowsAndFreesNames() {
    var made = room.account("alice");
    room.sessions.open(made.account());
    room.accounts.delete(made.account().pod());
    assertTrue(room.accounts.byName("alice").isEmpty());
    assertTrue(room.accounts.byDid(made.account().did()).isEmpty());
    assertTrue(room.database.pods().isEmpty());
    assertThrows(IdentityFailure.NotFound.class, () -> room.keys.didKey(made.account().pod()));
    room.account("alice");
  }

  @Test
  void invites_usedUp_refuse() {
    String code = room.invites.create(1, 1, Optional.empty()).getFirst();
    room.invites.check(Optional.of(code));
    room.database.change(
        open -> {
          room.invites.use(code, new Did("did:web:a.example")).run(open);
          return code;
        });
    assertThrows(IdentityFailure.InvalidInvite.class, () -> room.invites.check(Optional.of(code)));
    assertThrows(IdentityFailure.InvalidInvite.class, () -> room.invites.check(Optional.empty()));
  }

  @Test
  void SEC_95_auditLog_changedRow_breaksTheChain() {
    room.account("alice");
    room.account("bob");
    PodId pod = room.accounts.byName("bob").orElseThrow().pod();
    room.audit.append(
        new AuditLog.Event(Optional.of(pod), "test", "x", Optional.of("203.0.113.77")));
    room.pass(Duration.ofDays(31));
    assertEquals(1, room.audit.shortenAddresses());
    assertEquals(Optional.empty(), room.audit.firstBroken());
    assertFalse(room.audit.of(pod, 10).isEmpty());
    room.database.change(
        open -> {
          try (var statement = open.createStatement()) {
            return statement.executeUpdate("UPDATE id_audit SET detail = 'other' WHERE seq = 2");
          }
        });
    assertEquals(Optional.of(2L), room.audit.firstBroken());
  }

  @Nested
  class SignIn {
    @Test
    void SEC_51_signIn_knownAndUnknownNames_sameAnswerAndSameWork() {
      Account account = room.account("alice").account();
      for (String name :
          List.of(
              "alice",
              "alice.localhost",
              account.did().value(),
              "alice@mail.test",
              "nobody",
              "nobody.localhost",
              "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
              "nobody@mail.test",
              "no name at all")) {
        long before = room.passwords.work();
        String said =
            assertThrows(
                    IdentityFailure.BadPassword.class,
                    () -> room.sessions.signIn(name, Secret.of("wrong-Long-passw0rd"), false))
                .getMessage();
        assertEquals("Invalid identifier or password", said);
        assertEquals(19_456L * 2, room.passwords.work() - before, name);
      }
    }

    @Test
    void signIn_byAnyName_worksAndWrongOnesAreAlike() {
      Account account = room.account("alice").account();
      for (String name :
          List.of(
              "alice",
              "alice.localhost",
              "@alice.localhost",
              "Alice@mail.test",
              account.did().value())) {
        assertEquals(account, room.accounts.signIn(name, Secret.of(TestRoom.PASSWORD)), name);
      }
      var wrong =
          assertThrows(
              IdentityFailure.BadPassword.class,
              () -> room.accounts.signIn("alice", Secret.of("nope")));
      var unknown =
          assertThrows(
              IdentityFailure.BadPassword.class,
              () -> room.accounts.signIn("nobody", Secret.of("nope")));
      assertEquals(wrong.getMessage(), unknown.getMessage());
    }

    @Test
    void lockOut_leavesNoPasswordAndNoSession() {
      Account account = room.account("alice").account();
      String bearer = room.sessions.open(account).accessJwt();
      room.accounts.lockOut(account.pod());
      assertThrows(IdentityFailure.ExpiredToken.class, () -> room.sessions.verifyAccess(bearer));
      assertFalse(room.accounts.verifyPassword(account.pod(), Secret.of(TestRoom.PASSWORD)));
      room.accounts.setPassword(account.pod(), Secret.of("another-Long-0ne"));
      assertTrue(room.accounts.verifyPassword(account.pod(), Secret.of("another-Long-0ne")));
    }

    @Test
    void setPassword_endsSessionsAndChangesThePassword() {
      Account account = room.account("alice").account();
      String bearer = room.sessions.open(account).accessJwt();
      room.sessions.verifyAccess(bearer);
      room.accounts.setPassword(account.pod(), Secret.of("another-Long-0ne"));
      assertThrows(IdentityFailure.ExpiredToken.class, () -> room.sessions.verifyAccess(bearer));
      assertTrue(room.accounts.verifyPassword(account.pod(), Secret.of("another-Long-0ne")));
      assertFalse(room.accounts.verifyPassword(account.pod(), Secret.of(TestRoom.PASSWORD)));
    }
  }
}
