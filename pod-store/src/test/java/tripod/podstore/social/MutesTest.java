package tripod.podstore.social;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

class MutesTest {
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");
  private static final String DOV = "https://m.test/users/dov";
  private static final String BEN = "https://ben.test/actor";

  private PodStore store;
  private PodId pod;

  @BeforeEach
  void open() {
    store = MemoryStores.open(InstantSource.fixed(NOW), List.of());
    pod = store.nextPodId();
    store.create(
        pod,
        PodStore.JdbcWork.NONE,
        writer -> {
          writer.put(PodPath.ROOT, new Content.Container());
          return true;
        });
  }

  @AfterEach
  void close() throws Exception {
    store.close();
  }

  private void mute(String target, Optional<Instant> until) {
    store.write(
        pod,
        writer -> {
          Mutes.put(writer, People.ADA, new Mutes.Mute(target, until));
          return true;
        });
  }

  private boolean isMuted(String target, Instant at) {
    return store.read(pod, view -> Mutes.isMuted(view, People.ADA, target, at));
  }

  @Test
  void mute_withAnEnd_holdsUntilThen() {
    mute(DOV, Optional.of(NOW.plusSeconds(60)));
    assertTrue(isMuted(DOV, NOW));
    assertFalse(isMuted(DOV, NOW.plusSeconds(60)));
    assertFalse(isMuted(BEN, NOW));
  }

  @Test
  void mute_again_changesItsEnd_andEndedOnesAreForgotten() {
    mute(BEN, Optional.of(NOW.minusSeconds(1)));
    mute(DOV, Optional.of(NOW.plusSeconds(60)));
    mute(DOV, Optional.empty());
    assertEquals(
        List.of(new Mutes.Mute(DOV, Optional.empty())),
        store.read(pod, view -> Mutes.list(view, People.ADA)));
  }

  @Test
  void MUT_1_document_isForTheOwnerAlone() {
    mute(DOV, Optional.empty());
    boolean open =
        store.read(
            pod,
            view ->
                view.acl(Mutes.PATH).rules().stream()
                    .anyMatch(rule -> rule.everyone() || !rule.groups().isEmpty()));
    assertFalse(open);
    assertEquals(Mutes.PATH, store.read(pod, view -> view.acl(Mutes.PATH).holder()));
    assertFalse(SocialPaths.isSocial(Mutes.PATH));
  }

  @Test
  void remove_ofNobody_changesNothing() {
    boolean was = store.write(pod, writer -> Mutes.remove(writer, People.ADA, DOV));
    assertFalse(was);
    boolean isThere = store.read(pod, view -> view.get(Mutes.PATH).isPresent());
    assertFalse(isThere);
  }
}
