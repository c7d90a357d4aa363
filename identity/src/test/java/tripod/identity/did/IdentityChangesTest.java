package tripod.identity.did;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.AuditLog;
import tripod.identity.IdentityFailure;
import tripod.identity.Mailer;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.TestDatabase;
import tripod.identity.TestRoom;
import tripod.identity.key.DidKey;
import tripod.identity.key.Secp256k1;
import tripod.syntax.Handle;

class IdentityChangesTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final TestRoom room = new TestRoom(TestDatabase.h2());
  private final byte[] recovery = Secp256k1.generate(new SecureRandom());
  private final String recoveryKey = DidKey.ofSecp256k1(recovery).toString();
  private final List<Mailer.Mail> mails = new ArrayList<>();

  @AfterEach
  void close() {
    room.close();
  }

  private Account account(String name, boolean web) {
    return room.accounts
        .create(
            new NewAccount(
                new Handle(name + ".localhost"),
                Optional.of(name + "@mail.test"),
                Secret.of(TestRoom.PASSWORD),
                Optional.empty(),
                web ? Optional.empty() : Optional.of(recoveryKey),
                Optional.empty(),
                web))
        .account();
  }

  private PlcState state(Account account) {
    return PlcOperation.parse(room.plc.last(account.did()).orElseThrow()).state().orElseThrow();
  }

  /** Signs with the member's own key and sends straight to the directory. */
  private PlcOperation byOwner(Account account, PlcState state) {
    String prev = PlcOperation.parse(room.plc.last(account.did()).orElseThrow()).cid();
    PlcOperation operation =
        PlcOperation.sign(state, Optional.of(prev), bytes -> Secp256k1.sign(recovery, bytes));
    room.plc.submit(account.did(), operation.json());
    return operation;
  }

  private static PlcState with(
      PlcState state, List<String> rotation, Map<String, PlcState.Service> more) {
    Map<String, PlcState.Service> services = new HashMap<>(state.services());
    services.putAll(more);
    return new PlcState(rotation, state.verificationMethods(), state.alsoKnownAs(), services);
  }

  @Test
  void recoveryKey_atSignUp_ranksAboveOurs() {
    Account alice = account("alice", false);
    assertEquals(List.of(recoveryKey, room.hostKeys.rotationDidKey()), state(alice).rotationKeys());
  }

  @Test
  void sign_moveOut_keepsTheMembersKeyAndForeignServices() {
    Account alice = account("alice", false);
    byOwner(
        alice,
        with(
            state(alice),
            state(alice).rotationKeys(),
            Map.of("bsky_labeler", new PlcState.Service("AtprotoLabeler", "https://l.example"))));
    String theirs = DidKey.ofSecp256k1(Secp256k1.generate(new SecureRandom())).toString();
    ObjectNode wanted = JSON.objectNode();
    wanted.putArray("rotationKeys").add(theirs);
    wanted.putArray("alsoKnownAs").add("at://alice.example.com");
    wanted.putObject("verificationMethods").put("atproto", theirs);
    wanted
        .putObject("services")
        .putObject("atproto_pds")
        .put("type", "AtprotoPersonalDataServer")
        .put("endpoint", "https://other.example");

    JsonNode signed = room.changes.sign(alice, wanted);

    PlcState next = PlcOperation.parse(signed).state().orElseThrow();
    assertEquals(List.of(recoveryKey, theirs), next.rotationKeys());
    assertEquals("https://l.example", next.services().get("bsky_labeler").endpoint());
    assertEquals("https://other.example", next.services().get("atproto_pds").endpoint());
    assertEquals(List.of("at://alice.example.com"), next.alsoKnownAs());
    assertEquals(theirs, next.verificationMethods().get("atproto"));
    room.plc.submit(alice.did(), signed); // a directory takes it
  }

  @Test
  void sign_nullForAName_removesIt() {
    Account alice = account("alice", false);
    byOwner(
        alice,
        with(
            state(alice),
            state(alice).rotationKeys(),
            Map.of("bsky_labeler", new PlcState.Service("AtprotoLabeler", "https://l.example"))));
    ObjectNode wanted = JSON.objectNode();
    wanted.putObject("services").putNull("bsky_labeler");
    PlcState next = PlcOperation.parse(room.changes.sign(alice, wanted)).state().orElseThrow();
    assertEquals(java.util.Set.of("atproto_pds"), next.services().keySet());
  }

  @Test
  void sign_whatADirectoryWouldRefuse_isRefusedHere() {
    Account alice = account("alice", false);
    ObjectNode tooMany = JSON.objectNode();
    for (int i = 0; i < 5; i++) {
      tooMany
          .withArray("/rotationKeys")
          .add(DidKey.ofSecp256k1(Secp256k1.generate(new SecureRandom())).toString());
    }
    assertThrows(IdentityFailure.Invalid.class, () -> room.changes.sign(alice, tooMany));
    ObjectNode odd = JSON.objectNode().put("services", "none");
    assertThrows(IdentityFailure.Invalid.class, () -> room.changes.sign(alice, odd));
  }

  @Test
  void updateHandle_documentCarriesItAlready_signsNothing() {
    Account alice = account("alice", false);
    PlcState moved = state(alice).withHandle(new Handle("other.localhost"));
    byOwner(alice, with(moved, List.of(recoveryKey), Map.of()));
    int before = room.plc.auditLog(alice.did()).size();

    room.accounts.updateHandle(alice.pod(), new Handle("other.localhost"));

    assertEquals(before, room.plc.auditLog(alice.did()).size());
    assertEquals(
        "other.localhost", room.accounts.byDid(alice.did()).orElseThrow().handle().value());
    assertThrows(
        IdentityFailure.Forbidden.class,
        () -> room.accounts.updateHandle(alice.pod(), new Handle("third.localhost")));
  }

  @Test
  void signingKeysEver_afterARotation_haveTheOldOne() {
    Account alice = account("alice", false);
    String old = state(alice).verificationMethods().get("atproto");
    PlcState state = state(alice);
    byOwner(
        alice,
        new PlcState(
            state.rotationKeys(),
            Map.of("atproto", recoveryKey),
            state.alsoKnownAs(),
            state.services()));
    assertEquals(List.of(recoveryKey, old), room.changes.signingKeysEver(alice.did()));
  }

  @Test
  void didWeb_ofTheOwnName_isServedChangedAndNeverBegunTwice() {
    Account web = account("webby", true);
    assertEquals("did:web:webby.localhost%3A8080", web.did().value());
    assertTrue(web.isActive());
    DidDocument document = room.dids.resolve(web.did()).orElseThrow();
    assertEquals(Optional.of(room.keys.didKey(web.pod())), document.signingKey());
    assertEquals("http://localhost:8080", document.pds().orElseThrow().toString());
    assertEquals(Optional.of(web.handle()), document.handle());

    room.accounts.updateHandle(web.pod(), new Handle("webster.localhost"));
    assertEquals(Optional.of(new Handle("webster.localhost")), room.dids.verifiedHandle(web.did()));

    ObjectNode wanted = JSON.objectNode();
    wanted.putObject("verificationMethods").put("atproto", recoveryKey);
    room.changes.sign(room.accounts.byDid(web.did()).orElseThrow(), wanted);
    assertEquals(Optional.of(recoveryKey), room.dids.resolve(web.did()).orElseThrow().signingKey());

    room.accounts.delete(web.pod());
    assertThrows(IdentityFailure.HandleTaken.class, () -> account("webby", true));
  }

  private PlcWatch watch() {
    return new PlcWatch(
        "embedded",
        new PlcWatch.Ground(
            room.database, room.plc, room.accounts, room.dids, room.audit, mails::add),
        Duration.ofSeconds(1),
        room.clock);
  }

  @Test
  void watch_foreignOperation_isToldOfOnce() {
    Account alice = account("alice", false);
    account("bobby", false);
    List<AccountChange> told = new ArrayList<>();
    room.accounts.onChange(told::add);
    PlcWatch watch = watch();
    assertEquals(0, watch.step()); // begins at the end of the log
    room.pass(Duration.ofMinutes(1));
    room.accounts.updateHandle(alice.pod(), new Handle("alice-two.localhost"));
    room.changes.submit(alice, room.changes.sign(alice, JSON.objectNode()));
    assertEquals(0, watch.step(), "what was made here is no news");
    told.clear();

    room.pass(Duration.ofMinutes(1));
    PlcState state = state(alice);
    PlcOperation foreign = byOwner(alice, state.withHandle(new Handle("elsewhere.example.com")));
    assertEquals(1, watch.step());
    assertEquals(0, watch.step());
    assertEquals(0, watch().step(), "also after a restart");

    assertEquals(1, mails.size());
    assertEquals("alice@mail.test", mails.getFirst().to());
    assertTrue(mails.getFirst().text().contains("at://elsewhere.example.com"));
    assertTrue(
        told.stream()
            .anyMatch(
                change ->
                    change instanceof AccountChange.HandleChanged
                        && change.account().did().equals(alice.did())));
    List<AuditLog.Entry> entries = room.audit.of(alice.pod(), 100);
    assertTrue(
        entries.stream()
            .anyMatch(
                entry ->
                    entry.event().equals("identity.operation.foreign")
                        && entry.detail().startsWith(foreign.cid())));
  }

  @Test
  void watch_mailThatCannotBeSent_losesNothingElse() {
    Account alice = account("alice", false);
    PlcWatch watch =
        new PlcWatch(
            "embedded",
            new PlcWatch.Ground(
                room.database,
                room.plc,
                room.accounts,
                room.dids,
                room.audit,
                mail -> {
                  throw new IdentityFailure.Unavailable("no relay");
                }),
            Duration.ofSeconds(1),
            room.clock);
    watch.step();
    room.pass(Duration.ofMinutes(1));
    byOwner(alice, state(alice).withHandle(new Handle("elsewhere.example.com")));
    assertEquals(1, watch.step());
    assertFalse(room.audit.of(alice.pod(), 100).isEmpty());
  }
}
