package tripod.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.object.Reactions;
import tripod.activitypub.object.RemoteObject;
import tripod.podstore.PodPath;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** Whole exchanges at the inbox with a server of somebody else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InboxConversationTest {
  private TestHost host;
  private PodNames alice;
  private FakePeer peer;
  private String bob;
  private String inbox;

  @BeforeAll
  void start() {
    host = new TestHost(0).start();
    alice = host.add("alice");
    inbox = alice.actor() + "/inbox";
  }

  @BeforeEach
  void meet() {
    peer = new FakePeer();
    bob = peer.actor("bob");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  private Optional<RemoteObject> held(String id) {
    return host.store().read(alice.pod(), view -> RemoteObject.find(view, id));
  }

  private boolean isFollower(String actor) {
    return host.store()
        .read(alice.pod(), view -> Follower.find(view, new ActorIri(actor)).isPresent());
  }

  private ObjectNode follow() {
    ObjectNode follow = peer.activity(bob, "Follow");
    follow.put("object", alice.actor().value());
    return follow;
  }

  @Test
  void follow_isAccepted_andUndone() {
    ObjectNode follow = follow();
    assertEquals(202, peer.send(host, inbox, follow));
    Optional<FakePeer.Delivery> accept = peer.await(d -> d.type().equals("Accept"));
    assertEquals(
        follow.path("id"), accept.orElseThrow().json().path("object").path("id"), "whole Follow");
    assertTrue(accept.get().json().path("proof").path("cryptosuite").isTextual());
    assertTrue(isFollower(bob));

    ObjectNode undo = peer.activity(bob, "Undo");
    undo.set("object", follow);
    assertEquals(202, peer.send(host, inbox, undo));
    assertFalse(isFollower(bob));
  }

  @Test
  void SEC_82_replayedFollowAfterUndo_hasNoEffect() {
    ObjectNode follow = follow();
    peer.send(host, inbox, follow);
    ObjectNode undo = peer.activity(bob, "Undo");
    undo.put("object", follow.path("id").asText());
    peer.send(host, inbox, undo);
    assertEquals(202, peer.send(host, inbox, follow), "a duplicate is taken and does nothing");
    assertFalse(isFollower(bob));
  }

  @Test
  void create_updateAndDelete_changeWhatIsHeld() {
    ObjectNode note = peer.note(bob, "<p>first</p>");
    String id = note.path("id").asText();
    assertEquals(202, peer.send(host, inbox, peer.create(bob, note)));
    assertEquals(bob, held(id).orElseThrow().owner().value());

    ObjectNode changed = note.deepCopy().put("content", "<p>second</p>");
    ObjectNode update = peer.activity(bob, "Update");
    update.set("object", changed);
    assertEquals(202, peer.send(host, inbox, update));
    assertEquals(
        "<p>second</p>",
        host.store()
            .read(alice.pod(), view -> held(id).orElseThrow().document(view))
            .orElseThrow()
            .path("content")
            .asText());

    ObjectNode delete = peer.activity(bob, "Delete");
    delete.put("object", id);
    assertEquals(202, peer.send(host, inbox, delete));
    assertTrue(held(id).isEmpty());
  }

  @Test
  void SEC_81_objectOfAnother_isNotBelieved() {
    try (FakePeer victimHost = new FakePeer()) {
      String victim = victimHost.actor("victim");
      ObjectNode forged = peer.note(bob, "forged").put("attributedTo", victim);
      assertEquals(403, peer.send(host, inbox, peer.create(bob, forged)));
      ObjectNode elsewhere = peer.note(bob, "forged").put("id", victimHost.newId("notes"));
      assertEquals(403, peer.send(host, inbox, peer.create(bob, elsewhere)));
      ObjectNode strangeId = peer.create(bob, peer.note(bob, "x"));
      strangeId.put("id", victimHost.newId("creates"));
      assertEquals(403, peer.send(host, inbox, strangeId));
      assertTrue(held(elsewhere.path("id").asText()).isEmpty());
    }
  }

  @Test
  void SEC_81_updateAndDeleteByNeighbour_changeNothing() {
    String neighbour = peer.actor("neighbour");
    ObjectNode note = peer.note(bob, "genuine");
    peer.send(host, inbox, peer.create(bob, note));
    ObjectNode update = peer.activity(neighbour, "Update");
    update.set("object", note.deepCopy().put("content", "forged"));
    assertEquals(403, peer.send(host, inbox, update));
    ObjectNode delete = peer.activity(neighbour, "Delete");
    delete.put("object", note.path("id").asText());
    assertEquals(403, peer.send(host, inbox, delete));
    assertTrue(held(note.path("id").asText()).isPresent());
  }

  @Test
  void SEC_80_signatureOfNeighbour_isRefused() {
    String neighbour = peer.actor("neighbour");
    byte[] body = ActivityJson.write(peer.create(bob, peer.note(bob, "x")));
    assertEquals(401, peer.send(host, inbox, body, peer.key(neighbour)));
  }

  @Test
  void SEC_80_unsigned_isRefused() {
    byte[] body = ActivityJson.write(peer.create(bob, peer.note(bob, "x")));
    assertEquals(401, peer.send(host, inbox, body, Map.of("Content-Type", As2.ACTIVITY_JSON)));
  }

  @Test
  void SEC_81_deleteOfUnknownActor_isTakenWithoutFetch() {
    String gone = peer.origin() + "/users/gone";
    ObjectNode delete = peer.activity(gone, "Delete");
    delete.put("object", gone);
    assertEquals(202, peer.send(host, inbox, delete));
    assertFalse(peer.fetches().contains("/users/gone"));
  }

  @Test
  void SEC_30_deepNesting_isBadRequest() {
    byte[] deep = ("[".repeat(20_000) + "]".repeat(20_000)).getBytes(StandardCharsets.US_ASCII);
    assertEquals(400, peer.send(host, inbox, deep, peer.key(bob)));
  }

  @Test
  void SEC_33_memberTwice_isBadRequest() {
    byte[] body =
        ("{\"type\":\"Create\",\"actor\":\"" + bob + "\",\"actor\":\"" + bob + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    assertEquals(400, peer.send(host, inbox, body, peer.key(bob)));
  }

  @Test
  void SEC_11_bodyOver256KiB_isTooLarge() {
    ObjectNode note = peer.note(bob, "x".repeat(300_000));
    assertEquals(413, peer.send(host, inbox, peer.create(bob, note)));
  }

  @Test
  void unknownType_isKeptAsItCame() {
    ObjectNode odd = peer.activity(bob, "Frobnicate");
    odd.put("object", alice.actor().value());
    long before = count();
    assertEquals(202, peer.send(host, inbox, odd));
    assertEquals(before + 1, count());
  }

  private long count() {
    return host.store().read(alice.pod(), view -> view.memberCount(new PodPath("/inbox/")));
  }

  @Test
  void sharedInbox_strangersNote_isDropped_addressedOne_isKept() {
    String shared = host.origin() + "/inbox";
    ObjectNode unasked = peer.note(bob, "unasked");
    assertEquals(202, peer.send(host, shared, peer.create(bob, unasked)));
    assertTrue(held(unasked.path("id").asText()).isEmpty());
    ObjectNode asked = peer.note(bob, "asked");
    asked.putArray("cc").add(alice.actor().value());
    assertEquals(202, peer.send(host, shared, peer.create(bob, asked)));
    assertTrue(held(asked.path("id").asText()).isPresent());
  }

  @Test
  void like_isCountedOnce_andUndoneByItsIdAlone() {
    PodPath path = new PodPath(host.post(alice, "likeable"));
    ObjectNode like = peer.activity(bob, "Like");
    like.put("object", alice.iri(path.value()));
    peer.send(host, inbox, like);
    peer.send(host, inbox, like.deepCopy().put("id", peer.newId("like")));
    assertEquals(1, likes(path));
    ObjectNode undo = peer.activity(bob, "Undo");
    undo.putObject("object")
        .put("type", "Like")
        .put("actor", bob)
        .put("object", alice.iri(path.value()));
    peer.send(host, inbox, undo);
    assertEquals(0, likes(path));
  }

  @Test
  void GAT_1_reply_ofWhoIsNotApproved_isNotShownBelowThePost() {
    for (String policy : List.of("", "/followers", "#Public")) {
      ObjectNode note = ActivityJson.object();
      note.put("type", "Note").put("content", "<p>hush</p>").putArray("to").add(As2.PUBLIC);
      var approved =
          note.putObject("interactionPolicy").putObject("canReply").putArray("automaticApproval");
      if (policy.equals("#Public")) {
        approved.add(As2.PUBLIC);
      } else {
        approved.add(alice.actor().value() + policy);
      }
      String id = host.outbox(alice, note, 201).replaceFirst("#.*", "");
      PodPath path = new PodPath(alice.path(id).orElseThrow());
      assertEquals(policy.equals("#Public") ? 1 : 0, repliesAfterOneBy(bob, id, path), policy);
      if (policy.equals("/followers")) {
        assertEquals(202, peer.send(host, inbox, follow()));
        assertEquals(1, repliesAfterOneBy(bob, id, path));
      }
    }
  }

  private int repliesAfterOneBy(String actor, String id, PodPath path) {
    ObjectNode reply = peer.note(actor, "<p>but</p>").put("inReplyTo", id);
    assertEquals(202, peer.send(host, inbox, peer.create(actor, reply)));
    assertTrue(held(reply.path("id").asText()).isPresent());
    return host.store()
        .read(alice.pod(), view -> Reactions.count(view, Reactions.Kind.REPLY, path));
  }

  @Test
  void MUT_1_whoIsMuted_isNotShownInTheInbox_andIsThereAgainAfterwards() {
    ObjectNode note = peer.note(bob, "<p>loud</p>");
    note.putArray("cc").add(alice.actor().value());
    assertEquals(202, peer.send(host, inbox, peer.create(bob, note)));
    assertTrue(inboxPage().contains(note.path("id").asText()));
    ObjectNode mute = ActivityJson.object().put("type", "Ignore").put("object", bob);
    host.outbox(alice, mute, 201);
    assertFalse(inboxPage().contains(note.path("id").asText()));
    ObjectNode undo = ActivityJson.object().put("type", "Undo");
    undo.set("object", mute);
    host.outbox(alice, undo, 201);
    assertTrue(inboxPage().contains(note.path("id").asText()));
  }

  private String inboxPage() {
    return host.get(alice, alice.actor() + "/inbox?page=true", "token-alice").body();
  }

  private int likes(PodPath path) {
    return host.store().read(alice.pod(), view -> Reactions.count(view, Reactions.Kind.LIKE, path));
  }
}
