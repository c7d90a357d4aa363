package tripod.activitypub;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.identity.Fixtures;

/** Documents of some twenty kinds of server: each is read, or refused in words. */
class SeenInTheWildTest {
  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(Fixtures.folder("activitypub"))) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.toString().contains("/contexts/"))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyDocument_isReadOrRefusedInWords() throws IOException {
    int read = 0;
    int activities = 0;
    for (Path file : documents()) {
      try {
        ObjectNode document = ActivityJson.read(Files.readAllBytes(file));
        read++;
        Activity.read(document);
        activities++;
      } catch (ActivityFailure.Malformed e) {
        assertTrue(e.getMessage() != null, file.toString());
      }
    }
    assertTrue(read > 100, read + " documents were read");
    assertTrue(activities > 30, activities + " activities were read");
  }

  @Test
  void everyDocument_asObjectOfACreate_isTakenOrRefused() throws IOException {
    List<String> failures = new ArrayList<>();
    try (TestHost host = new TestHost(0).start();
        FakePeer peer = new FakePeer()) {
      String inbox = host.add("alice").actor() + "/inbox";
      String bob = peer.actor("bob");
      for (Path file : documents()) {
        JsonNode document;
        try {
          document = ActivityJson.read(Files.readAllBytes(file));
        } catch (ActivityFailure.Malformed e) {
          continue; // not one object
        }
        ObjectNode object = document.deepCopy();
        object.put("id", peer.newId("objects")).put("attributedTo", bob);
        ObjectNode asActivity = document.deepCopy();
        asActivity.put("id", peer.newId("activities")).put("actor", bob);
        for (ObjectNode sent : List.of(peer.create(bob, object), asActivity)) {
          int status = peer.send(host, inbox, sent);
          if (status >= 500) {
            failures.add(file.getFileName() + " " + status);
          }
        }
      }
    }
    assertTrue(failures.isEmpty(), failures.toString());
  }
}
