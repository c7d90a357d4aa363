package tripod.activitypub.object;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import tripod.activitypub.activity.ActivityJson;

class PeerLimitsTest {
  private static ObjectNode note() {
    return ActivityJson.object().put("type", "Note").put("content", "<p>x</p>");
  }

  @Test
  void SEC_39_moreThanEnough_isCutAndSaid() {
    ObjectNode note = note().put("name", "n".repeat(600));
    var tags = note.putArray("tag");
    for (int i = 0; i < 100; i++) {
      tags.addObject().put("type", "Mention").put("href", "https://x.example/" + i);
    }
    for (int i = 0; i < 100; i++) {
      tags.addObject().put("type", "Hashtag").put("name", "#" + i);
    }
    var attachments = note.putArray("attachment");
    for (int i = 0; i < 20; i++) {
      attachments.addObject().put("type", "Image").put("name", "a".repeat(10_001));
    }
    List<String> cuts = PeerLimits.cut(note);
    assertEquals(128, note.path("tag").size());
    long mentions =
        note.path("tag")
            .valueStream()
            .filter(t -> t.path("type").asText().equals("Mention"))
            .count();
    assertEquals(64, mentions);
    assertEquals(16, note.path("attachment").size());
    assertEquals(10_000, note.path("attachment").get(3).path("name").asText().length());
    assertEquals(500, note.path("name").asText().length());
    assertEquals("mentions 100 to 64", cuts.getFirst());
    assertEquals(1 + 1 + 1 + 1 + 16, cuts.size(), cuts.toString());
  }

  @Test
  void SEC_39_poll_keepsAHundredOptions() {
    ObjectNode poll = note().put("type", "Question");
    var options = poll.putArray("oneOf");
    for (int i = 0; i < 101; i++) {
      options.addObject().put("type", "Note").put("name", "option " + i);
    }
    assertEquals(List.of("oneOf 101 to 100"), PeerLimits.cut(poll));
    assertEquals(100, poll.path("oneOf").size());
  }

  @Test
  void usual_isLeftAsItCame() {
    ObjectNode note = note();
    note.putArray("tag").addObject().put("type", "Mention").put("name", "@a@b.example");
    note.putObject("attachment").put("type", "Image").put("name", "alt");
    ObjectNode before = note.deepCopy();
    assertEquals(List.of(), PeerLimits.cut(note));
    assertEquals(before, note);
  }
}
