package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.atproto.Vectors;
import tripod.atproto.json.RecordJson;
import tripod.identity.key.DidKey;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Did;

/** The relay of our tests is as strict as the network's: both say the same of published frames. */
class RelayScenariosTest {
  private static final Instant LATER = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account_lifecycle",
        "deactivation",
        "legacy",
        "post_lifecycle",
        "post_lifecycle_legacy",
        "rev_ordering",
        "seq_ordering"
      })
  void scenario_published_isJudgedAsPublished(String name) throws IOException {
    Path file = Vectors.path("atproto/firehose/relay-scenarios/" + name + ".json");
    JsonNode scenario = Vectors.json(file);
    Map<Did, DidKey> keys = new HashMap<>();
    for (JsonNode account : scenario.get("accounts")) {
      JsonNode identity = account.get("identity");
      keys.put(
          new Did(identity.get("did").asText()),
          DidKey.parse("did:key:" + identity.at("/keys/atproto/publicKeyMultibase").asText()));
    }
    RelayModel relay =
        new RelayModel(keys::get, scenario.get("lenient").asBoolean(), did -> new byte[0]);
    int number = 0;
    for (JsonNode message : scenario.get("messages")) {
      TestFrames frame =
          new TestFrames(
              message.at("/frame/header/t").asText(),
              RecordJson.parse(
                      message.at("/frame/body").toString().getBytes(StandardCharsets.UTF_8))
                  .asFields()
                  .orElseThrow());
      assertEquals(
          !message.get("drop").asBoolean(), relay.take(frame, LATER), name + " " + number++);
    }
  }

  @Test
  void frame_damaged_isTheHostsFault() {
    try (TestPods pods = new TestPods()) {
      pods.put("com.example.thing", "a", thing("one"));
      pods.put("com.example.thing", "b", thing("two"));
      List<TestFrames> frames = TestFrames.all(pods.store.journal());
      TestFrames last = frames.getLast();
      for (DagFields damaged :
          List.of(
              last.body().with("since", DagValue.of("3mbfvv7imxk22")),
              last.body().with("prevData", DagValue.of(pods.head().commit())),
              last.body().with("rev", DagValue.of("3zzzzzzzzzzzz")),
              last.body().with("tooBig", DagValue.of(true)),
              last.body()
                  .with("ops", frames.get(frames.size() - 2).body().get("ops").orElseThrow()),
              last.body().without("prevData"))) {
        RelayModel relay = new RelayModel(did -> TestPods.PUBLIC_KEY, false, did -> new byte[0]);
        frames.subList(0, frames.size() - 1).forEach(frame -> relay.take(frame, TestPods.NOW));
        TestFrames wrong = new TestFrames(last.type(), damaged);
        assertThrows(
            AssertionError.class, () -> relay.take(wrong, TestPods.NOW), damaged::toString);
      }
      RelayModel other =
          new RelayModel(did -> DidKey.ofSecp256k1(otherKey()), false, did -> new byte[0]);
      assertThrows(
          AssertionError.class, () -> frames.forEach(frame -> other.take(frame, TestPods.NOW)));
    }
  }

  private static byte[] otherKey() {
    byte[] key = new byte[32];
    key[31] = 8;
    return key;
  }

  private static DagFields thing(String text) {
    return DagFields.builder().put("$type", "com.example.thing").put("text", text).build();
  }
}
