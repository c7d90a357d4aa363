package tripod.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

class DueDeletionsTest {
  private final TestRoom room = new TestRoom(TestDatabase.sqlite());
  private final DueDeletions deletions =
      new DueDeletions(room.accounts, new AccountQueries(room.database), room.clock);

  @AfterEach
  void close() {
    deletions.close();
    room.close();
  }

  private PodId asleep(String name, Duration until) {
    PodId pod = room.account(name).account().pod();
    room.accounts.deactivate(pod, Optional.of(room.clock.instant().plus(until)));
    return pod;
  }

  @Test
  void round_removesWhatIsDueAndNothingElse() {
    PodId soon = asleep("soon", Duration.ofDays(1));
    PodId late = asleep("later", Duration.ofDays(30));
    PodId woken = asleep("woken", Duration.ofDays(1));
    room.accounts.activate(woken);
    PodId forever = room.account("forever").account().pod();
    room.accounts.deactivate(forever, Optional.empty());
    assertEquals(0, deletions.round());
    room.pass(Duration.ofDays(1));
    assertEquals(1, deletions.round());
    assertTrue(room.accounts.byPod(soon).isEmpty());
    for (PodId there : new PodId[] {late, woken, forever}) {
      assertTrue(room.accounts.byPod(there).isPresent());
    }
    assertEquals(0, deletions.round());
    assertTrue(room.accounts.isGone("soon.localhost"));
    assertFalse(room.accounts.isGone("later.localhost"));
    room.account("soon");
    assertFalse(room.accounts.isGone("soon.localhost"));
  }

  @Test
  void round_movedHereAndNeverWoken_goesAfterThreeDays() {
    Did did = new Did("did:web:alice.example.com");
    var moved =
        room.accounts.create(
            new NewAccount(
                new Handle("alice.localhost"),
                Optional.empty(),
                Secret.of(TestRoom.PASSWORD),
                Optional.of(did),
                Optional.empty(),
                Optional.empty()));
    assertEquals(
        Optional.of(room.clock.instant().plus(Duration.ofDays(3))), moved.account().deleteAfter());
    room.pass(Duration.ofDays(3).minusSeconds(1));
    assertEquals(0, deletions.round());
    room.pass(Duration.ofSeconds(1));
    assertEquals(1, deletions.round());
    assertTrue(room.accounts.byDid(did).isEmpty());
  }

  @Test
  void round_isBounded() {
    assertTrue(DueDeletions.ROUND_MAX <= 100);
    for (int i = 0; i < 3; i++) {
      asleep("member" + i, Duration.ofDays(1));
    }
    room.pass(Duration.ofDays(2));
    assertEquals(2, new AccountQueries(room.database).due(room.clock.instant(), 2).size());
    assertEquals(3, deletions.round());
  }
}
