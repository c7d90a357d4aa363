package tripod.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.podstore.PodStore;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/**
 * Account, repository and events are one: whichever durable step is the last before the process
 * dies, after the next start they say the same.
 */
class AccountAtomicityTest {
  private static final int STEPS_MAX = 20;

  @TempDir Path folder;

  private static void signUp(Accounts accounts) {
    accounts.create(
        NewAccount.of(
            new Handle("alice.localhost"),
            Optional.of("alice@mail.test"),
            Secret.of("a-Long-passw0rd")));
  }

  /** Dies after each durable step in turn, each time in a folder of its own. */
  private void dyingAfterEachStep(
      Consumer<Accounts> before, Consumer<Accounts> work, Check afterwards) throws Exception {
    boolean lived = false;
    for (int steps = 1; !lived; steps++) {
      assertTrue(steps < STEPS_MAX, "it does not come to its end");
      Path data = Files.createDirectory(folder.resolve("died-after-" + steps));
      Did did;
      try (KilledHost host = new KilledHost(data)) {
        before.accept(host.accounts());
        did = host.accounts().byName("alice").map(Account::did).orElse(new Did("did:web:none"));
        lived = host.survives(steps, () -> work.accept(host.accounts()));
      }
      try (KilledHost host = new KilledHost(data)) {
        assertTogether(host);
        afterwards.check(host, did, lived);
      }
    }
  }

  @FunctionalInterface
  private interface Check {
    void check(KilledHost host, Did did, boolean lived);
  }

  /** No pod without an account, no account without a repository and its last news. */
  private static void assertTogether(KilledHost host) {
    List<PodId> pods = host.disk.pods(Optional.of(PodStore.HOST), 100);
    List<Account> accounts = host.accounts().list(Optional.empty(), 100);
    assertEquals(pods, accounts.stream().map(Account::pod).toList());
    for (Account account : accounts) {
      var head = host.head(account.pod()).orElseThrow();
      assertEquals(account.did(), head.did());
      assertEquals(account.state().name().toLowerCase(Locale.ROOT), head.status().word());
      List<KilledHost.Frame> frames = host.frames(account.did());
      var told = frames.stream().filter(f -> f.type().equals("#account")).toList().getLast();
      assertEquals(account.isActive(), told.body().truth("active").orElseThrow());
      var named = frames.stream().filter(f -> f.type().equals("#identity")).toList().getLast();
      assertEquals(account.handle().value(), named.body().text("handle").orElseThrow());
    }
  }

  @Test
  void signUp_diesBetweenSteps_accountHasItsRepositoryAndAllItsEvents() throws Exception {
    dyingAfterEachStep(
        nobody -> {},
        AccountAtomicityTest::signUp,
        (host, did, lived) -> {
          Optional<Account> alice = host.accounts().byName("alice");
          assertTrue(alice.isPresent() || !lived, "an acknowledged account is missing");
          alice.ifPresent(
              account ->
                  assertEquals(
                      List.of("#identity", "#account", "#commit", "#sync"),
                      host.frames(account.did()).stream().map(KilledHost.Frame::type).toList()));
        });
  }

  @Test
  void deactivateAndActivate_dieBetweenSteps_rowRepositoryAndEventAgree() throws Exception {
    dyingAfterEachStep(
        AccountAtomicityTest::signUp,
        accounts -> {
          PodId pod = accounts.byName("alice").orElseThrow().pod();
          accounts.deactivate(pod, Optional.empty());
          accounts.activate(pod);
        },
        (host, did, lived) -> assertTrue(host.alice().isActive() || !lived));
  }

  @Test
  void takedownAndRestore_dieBetweenSteps_rowRepositoryAndEventAgree() throws Exception {
    dyingAfterEachStep(
        AccountAtomicityTest::signUp,
        accounts -> {
          PodId pod = accounts.byName("alice").orElseThrow().pod();
          accounts.restrict(pod, Account.State.TAKENDOWN, "ref");
          accounts.restore(pod);
        },
        (host, did, lived) -> assertTrue(host.alice().isActive() || !lived));
  }

  @Test
  void updateHandle_diesBetweenSteps_rowAndEventAgree() throws Exception {
    dyingAfterEachStep(
        AccountAtomicityTest::signUp,
        accounts ->
            accounts.updateHandle(
                accounts.byName("alice").orElseThrow().pod(), new Handle("alicia.localhost")),
        (host, did, lived) ->
            assertTrue(
                !lived || host.alice().handle().equals(new Handle("alicia.localhost")),
                "an acknowledged handle is missing"));
  }

  @Test
  void delete_diesBetweenSteps_onlyTheDeletedEventStays() throws Exception {
    dyingAfterEachStep(
        AccountAtomicityTest::signUp,
        accounts -> accounts.delete(accounts.byName("alice").orElseThrow().pod()),
        (host, did, lived) -> {
          boolean gone = host.accounts().byDid(did).isEmpty();
          assertFalse(lived && !gone, "an acknowledged deletion is missing");
          List<KilledHost.Frame> frames = host.frames(did);
          if (gone) {
            assertEquals(1, frames.size());
            assertEquals("#account", frames.getFirst().type());
            assertEquals("deleted", frames.getFirst().body().text("status").orElseThrow());
          } else {
            assertEquals(4, frames.size());
          }
        });
  }
}
