package tripod.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.syntax.PodNames;

/** Deliveries to a server that is slow, gone or back again, over stops and starts of ours. */
class DeliveryTest {
  private TestHost host;
  private PodNames alice;
  private FakePeer peer;

  @BeforeEach
  void start() {
    host = new TestHost(0).start();
    alice = host.add("alice");
    peer = new FakePeer();
    befriend(peer, "bob");
  }

  @AfterEach
  void stop() {
    peer.close();
    host.close();
  }

  private void befriend(FakePeer friends, String name) {
    String actor = friends.actor(name);
    ObjectNode follow = friends.activity(actor, "Follow");
    follow.put("object", alice.actor().value());
    assertEquals(202, friends.send(host, alice.actor() + "/inbox", follow));
    assertTrue(friends.await(d -> d.type().equals("Accept")).isPresent());
  }

  private boolean about(FakePeer.Delivery delivery, String type, String path) {
    return delivery.type().equals(type)
        && delivery.json().path("object").path("id").asText().equals(alice.iri(path));
  }

  @Test
  void post_reachesSharedInboxOnce() {
    befriend(peer, "carol");
    String path = host.post(alice, "hello");
    assertTrue(peer.await(d -> about(d, "Create", path)).isPresent());
    String last = host.post(alice, "after");
    assertTrue(peer.await(d -> about(d, "Create", last)).isPresent());
    List<FakePeer.Delivery> hellos =
        peer.deliveries().stream().filter(d -> about(d, "Create", path)).toList();
    assertEquals(List.of("/inbox"), hellos.stream().map(FakePeer.Delivery::path).toList());
  }

  @Test
  void postThatNobodyGets_leavesNoNote() {
    PodNames lonely = host.add("lonely");
    String unheard = host.post(lonely, "nobody listens");
    String heard = host.post(alice, "hello");
    assertTrue(peer.await(d -> about(d, "Create", heard)).isPresent());
    assertTrue(host.notes().stream().anyMatch(note -> note.endsWith(heard)));
    assertFalse(host.notes().stream().anyMatch(note -> note.endsWith(unheard)));
  }

  @Test
  void peerThatRefusesForAWhile_getsAllInOrder() {
    peer.answerWith(503);
    String path = host.post(alice, "first");
    assertTrue(peer.awaitRefused(d -> about(d, "Create", path)));
    ObjectNode update = ActivityJson.object().put("type", "Update");
    update.putObject("object").put("id", alice.iri(path)).put("content", "second");
    host.outbox(alice, update, 201);
    peer.answerWith(202);
    assertTrue(peer.await(d -> about(d, "Update", path)).isPresent());
    List<String> types =
        peer.deliveries().stream()
            .filter(d -> d.status() < 300)
            .map(FakePeer.Delivery::type)
            .filter(type -> !type.equals("Accept"))
            .toList();
    assertEquals(List.of("Create", "Update"), types);
  }

  @Test
  void workerThatStopsBeforeDelivery_deliversAfterRestart() {
    peer.answerWith(503);
    String path = host.post(alice, "must not be lost");
    assertTrue(peer.awaitRefused(d -> about(d, "Create", path)), "queued and tried");
    host.stopDoor();
    peer.answerWith(202);
    host.restartDoor();
    assertTrue(peer.await(d -> about(d, "Create", path)).isPresent());
  }

  @Test
  void postWhileTheWorkerIsDown_isDeliveredWhenItIsBack() {
    host.stopDoor();
    String path = host.post(alice, "written meanwhile");
    host.restartDoor();
    assertTrue(peer.await(d -> about(d, "Create", path)).isPresent());
    host.restartDoor();
    String next = host.post(alice, "and another");
    assertTrue(peer.await(d -> about(d, "Create", next)).isPresent());
    long times = peer.deliveries().stream().filter(d -> about(d, "Create", path)).count();
    assertEquals(1, times, "what was delivered and written down is not delivered again");
  }

  @Test
  void deleteOfWhatWasNeverSent_cancelsIt() {
    peer.answerWith(503);
    String blocker = host.post(alice, "holds the lane");
    assertTrue(peer.awaitRefused(d -> about(d, "Create", blocker)));
    String path = host.post(alice, "thought better of");
    ObjectNode delete = ActivityJson.object().put("type", "Delete").put("object", alice.iri(path));
    host.outbox(alice, delete, 201);
    String last = host.post(alice, "the last");
    peer.answerWith(202);
    assertTrue(peer.await(d -> about(d, "Create", last)).isPresent());
    assertFalse(peer.deliveries().stream().anyMatch(d -> about(d, "Create", path)));
    assertFalse(peer.deliveries().stream().anyMatch(d -> about(d, "Delete", path)));
  }

  @Test
  void deadHost_doesNotHoldTheOthers() {
    FakePeer dead = new FakePeer();
    befriend(dead, "dora");
    dead.close();
    for (int i = 0; i < 5; i++) {
      String path = host.post(alice, "number " + i);
      assertTrue(peer.await(d -> about(d, "Create", path)).isPresent());
    }
  }

  @Test
  void directPost_goesToThoseNamedAlone() {
    try (FakePeer stranger = new FakePeer()) {
      String named = stranger.actor("named");
      ObjectNode note = ActivityJson.object().put("type", "Note").put("content", "psst");
      note.putArray("to").add(named);
      String at = host.outbox(alice, note, 201);
      String path = alice.path(at.replaceFirst("#.*", "")).orElseThrow();
      assertTrue(stranger.await(d -> about(d, "Create", path)).isPresent());
      String last = host.post(alice, "for all");
      assertTrue(peer.await(d -> about(d, "Create", last)).isPresent());
      assertFalse(peer.deliveries().stream().anyMatch(d -> about(d, "Create", path)));
    }
  }

  @Test
  void like_isToldToTheAuthor_andUndone() {
    String bob = peer.origin() + "/users/bob";
    ObjectNode note = peer.note(bob, "likeable");
    peer.serve(note.path("id").asText().substring(peer.origin().length()), note);
    ObjectNode like =
        ActivityJson.object().put("type", "Like").put("object", note.path("id").asText());
    String at = host.outbox(alice, like, 201);
    assertTrue(
        peer.await(d -> d.type().equals("Like") && d.json().path("id").asText().equals(at))
            .isPresent());
    host.outbox(alice, ActivityJson.object().put("type", "Undo").put("object", at), 201);
    assertTrue(peer.await(d -> about(d, "Undo", alice.path(at).orElseThrow())).isPresent());
  }

  @Test
  void VIS_4_act_isAsPublicAsWhatItIsAbout() {
    ObjectNode open = peer.note(peer.origin() + "/users/bob", "for all");
    ObjectNode closed = peer.note(peer.origin() + "/users/bob", "for some");
    closed.putArray("to").add(peer.origin() + "/users/bob/followers");
    for (ObjectNode note : List.of(open, closed)) {
      peer.serve(note.path("id").asText().substring(peer.origin().length()), note);
    }
    String likeOfAll = host.outbox(alice, about("Like", open), 201);
    assertEquals(200, host.get(alice, likeOfAll, "").statusCode());
    String likeOfSome = host.outbox(alice, about("Like", closed), 201);
    assertEquals(404, host.get(alice, likeOfSome, "").statusCode());
    assertTrue(
        peer.await(d -> d.type().equals("Like") && d.json().path("id").asText().equals(likeOfSome))
            .isPresent());
    host.outbox(alice, about("Announce", closed), 403);
    ObjectNode loud = about("Like", closed);
    loud.putArray("to").add(As2.PUBLIC);
    host.outbox(alice, loud, 403);
    host.outbox(alice, about("Announce", open), 201);
  }

  private static ObjectNode about(String type, ObjectNode object) {
    return ActivityJson.object().put("type", type).put("object", object.path("id").asText());
  }

  @Test
  void everyDelivery_isPublicContextAndProved() {
    String path = host.post(alice, "with a proof");
    FakePeer.Delivery delivery = peer.await(d -> about(d, "Create", path)).orElseThrow();
    assertEquals(As2.CONTEXT, delivery.json().path("@context").path(0).asText());
    assertEquals(
        alice.actor() + "#ed25519-key",
        delivery.json().path("proof").path("verificationMethod").asText());
    assertFalse(delivery.json().toString().contains("\"bto\""));
  }
}
