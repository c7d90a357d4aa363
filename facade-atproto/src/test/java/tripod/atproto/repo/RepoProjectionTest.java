package tripod.atproto.repo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.Tid;

class RepoProjectionTest {
  private static final String POST = "app.bsky.feed.post";
  private static final String THING = "com.example.thing";

  private final TestPods pods = new TestPods();

  @AfterEach
  void close() {
    List<String> faults = pods.store.faults(pods.pod);
    pods.close();
    assertEquals(List.of(), faults, "every projection equals its rebuild");
  }

  @Test
  void created_account_isToldInOrder() {
    List<TestFrames> frames = TestFrames.all(pods.store.journal());
    assertEquals(
        List.of("#identity", "#account", "#commit", "#sync"),
        frames.stream().map(TestFrames::type).toList());
    frames.get(2).assertInverts();
    assertEquals(Mst.EMPTY.rootCid(), pods.head().root());
  }

  @Test
  void writes_random_eachFrameInvertsAndTheTreeEqualsARebuild() {
    Random random = new Random(5);
    TreeMap<String, Cid> model = new TreeMap<>();
    for (int round = 0; round < 60; round++) {
      pods.store.write(
          pods.pod,
          writer -> {
            for (int n = 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 3); n > 0; n--) {
              String key = "k" + random.nextInt(150);
              if (random.nextInt(3) == 0) {
                pods.records.delete(writer, TestPods.name(THING, key));
                model.remove(THING + "/" + key);
              } else {
                DagFields record = thing(random.nextInt(1000));
                pods.put(writer, THING, key, record);
                model.put(THING + "/" + key, Cid.ofDagCbor(DagCbor.encode(record)));
              }
            }
            return true;
          });
      assertEquals(
          Mst.of(model.entrySet().stream().map(e -> Mst.Leaf.of(e.getKey(), e.getValue())).toList())
              .rootCid(),
          pods.head().root());
    }
    Optional<TestFrames> previous = Optional.empty();
    for (TestFrames frame : TestFrames.all(pods.store.journal())) {
      if (frame.type().equals("#commit")) {
        frame.assertInverts();
        if (previous.isPresent()) {
          assertEquals(previous.get().body().text("rev"), frame.body().text("since"));
        }
        previous = Optional.of(frame);
      }
    }
    // A cold cache gives the same tree from the rows.
    MstCache cold = new MstCache(100);
    RepoHead head = pods.head();
    assertEquals(
        head.root(),
        pods.store.read(pods.pod, reader -> RepoView.of(reader).tree(cold, head).rootCid()));
  }

  @Test
  void export_sinceARevision_bringsAnOlderCopyUpToDate() {
    Random random = new Random(6);
    for (int i = 0; i < 120; i++) {
      pods.put(THING, "k" + i, thing(i));
    }
    Map<Cid, byte[]> copy = new HashMap<>(export(Optional.empty()));
    Tid since = pods.head().rev();
    for (int round = 0; round < 25; round++) {
      String key = "k" + random.nextInt(140);
      pods.store.write(
          pods.pod,
          writer -> {
            if (random.nextInt(2) == 0) {
              pods.records.delete(writer, TestPods.name(THING, key));
            } else {
              pods.put(writer, THING, key, thing(random.nextInt()));
            }
            return true;
          });
    }
    Map<Cid, byte[]> diff = export(Optional.of(since));
    Map<Cid, byte[]> whole = export(Optional.empty());
    assertTrue(diff.size() < whole.size());
    copy.putAll(diff);
    whole.forEach((cid, block) -> assertArrayEquals(block, copy.get(cid), cid.toString()));
    assertEquals(1, export(Optional.of(pods.head().rev())).size());
  }

  @Test
  void post_writtenAsTurtle_becomesARecord() {
    String path = "/social/posts/3mbfvv7imxk22";
    pods.store.write(
        pods.pod,
        writer -> {
          writer.put(
              new PodPath(path),
              new Content.Document(
                  MediaType.TURTLE,
                  """
                  @prefix as: <https://www.w3.org/ns/activitystreams#>.
                  @prefix xsd: <http://www.w3.org/2001/XMLSchema#>.
                  <> a as:Note; as:content "hello"; as:to as:Public;
                    as:published "2026-01-02T03:04:05.678Z"^^xsd:dateTime.
                  """
                      .getBytes(UTF_8)));
          return true;
        });
    RepoView.RepoRecord record = record(POST, "3mbfvv7imxk22").orElseThrow();
    assertEquals(Optional.of("hello"), DagCbor.decodeFields(record.block()).text("text"));
    TestFrames frame = TestFrames.all(pods.store.journal()).getLast();
    assertEquals("#commit", frame.type());
    frame.assertInverts();

    pods.store.write(pods.pod, writer -> writer.delete(new PodPath(path)));
    assertEquals(Optional.empty(), record(POST, "3mbfvv7imxk22"));
  }

  @Test
  void post_writtenAsTurtleForFollowers_isNoRecord() {
    RepoHead before = pods.head();
    pods.store.write(
        pods.pod,
        writer -> {
          writer.put(
              new PodPath("/social/posts/3mbfvv7imxk22"),
              new Content.Document(
                  MediaType.TURTLE,
                  """
                  @prefix as: <https://www.w3.org/ns/activitystreams#>.
                  <> a as:Note; as:content "psst"; as:to </actor/followers>.
                  """
                      .getBytes(UTF_8)));
          return true;
        });
    assertEquals(before.commit(), pods.head().commit());
  }

  @Test
  void acl_thatShutsAContainer_takesItsRecordsOutForGood() {
    pods.put(POST, "3mbfvv7imxk22", post("one"));
    pods.put(THING, "stays", thing(1));
    pods.store.write(
        pods.pod,
        writer -> {
          TestPods.shut(writer, SocialPaths.SOCIAL);
          return true;
        });
    assertEquals(Optional.empty(), record(POST, "3mbfvv7imxk22"));
    assertTrue(record(THING, "stays").isPresent());
    TestFrames.all(pods.store.journal()).getLast().assertInverts();
    pods.store.write(
        pods.pod,
        writer -> {
          TestPods.open(writer, SocialPaths.SOCIAL);
          return true;
        });
    assertEquals(Optional.empty(), record(POST, "3mbfvv7imxk22")); // VIS-7
  }

  @Test
  void profile_writtenAsRecord_keepsItsBytesAndTheCard() {
    DagFields profile =
        DagFields.builder()
            .put("$type", "app.bsky.actor.profile")
            .put("displayName", "Alice")
            .put("extra", 7)
            .build();
    pods.put("app.bsky.actor.profile", "self", profile);
    assertArrayEquals(
        DagCbor.encode(profile), record("app.bsky.actor.profile", "self").orElseThrow().block());
    pods.store.write(pods.pod, writer -> pods.records.delete(writer, RecordName.OF_PROFILE));
    assertEquals(Optional.empty(), record("app.bsky.actor.profile", "self"));
    assertTrue(pods.store.read(pods.pod, reader -> reader.get(SocialPaths.CARD)).isPresent());
  }

  @Test
  void sleepingAccount_isNotHeardOf_andWakesWithAFreshCommit() {
    pods.store.write(
        pods.pod,
        writer -> {
          pods.events.stopped(writer, RepoStatus.DEACTIVATED);
          return true;
        });
    pods.put(POST, "3mbfvv7imxk22", post("unheard"));
    assertEquals("#account", TestFrames.all(pods.store.journal()).getLast().type());
    Cid asleep = pods.head().commit();
    pods.store.write(
        pods.pod,
        writer -> {
          pods.events.activated(writer, TestPods.HANDLE);
          return true;
        });
    List<String> types =
        TestFrames.all(pods.store.journal()).stream().map(TestFrames::type).toList();
    assertEquals(
        List.of("#account", "#account", "#identity", "#sync"),
        types.subList(types.size() - 4, types.size()));
    assertTrue(!pods.head().commit().equals(asleep));
  }

  private Optional<RepoView.RepoRecord> record(String collection, String rkey) {
    return pods.store.read(
        pods.pod, reader -> RepoView.of(reader).record(TestPods.name(collection, rkey)));
  }

  private Map<Cid, byte[]> export(Optional<Tid> since) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RepoExport exports = new RepoExport(pods.store, pods.trees);
    since.ifPresentOrElse(
        rev -> exports.writeSince(pods.pod, rev, out), () -> exports.write(pods.pod, out));
    return TestFrames.blocks(out.toByteArray());
  }

  private static DagFields thing(int n) {
    return DagFields.builder().put("$type", THING).put("n", n).build();
  }

  private static DagFields post(String text) {
    return DagFields.builder()
        .put("$type", POST)
        .put("text", text)
        .put("createdAt", "2026-01-02T03:04:05.678Z")
        .build();
  }
}
