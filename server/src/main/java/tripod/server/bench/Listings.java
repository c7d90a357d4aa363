package tripod.server.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** What each door lists of a member's posts, by the name each has in its container. */
final class Listings {
  private static final String AS2 = "application/activity+json";

  private final LabMember member;

  Listings(LabMember member) {
    this.member = member;
  }

  /** Returns the record keys of a collection in the repository. */
  Set<String> repository(String collection) {
    Set<String> names = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page =
          LabMember.json(
              member.query(
                  "com.atproto.repo.listRecords",
                  "repo=" + member.did() + "&collection=" + collection + "&limit=100" + cursor));
      for (JsonNode record : page.path("records")) {
        names.add(last(record.path("uri").asText()));
      }
      cursor = page.path("cursor").isTextual() ? "&cursor=" + page.path("cursor").asText() : "";
    } while (!cursor.isEmpty());
    return names;
  }

  /** Returns the names of the members of a container, whose path begins without a slash. */
  Set<String> container(String path) {
    Set<String> names = new HashSet<>();
    contained(LabMember.json(member.get(member.storage() + path, "application/ld+json")), names);
    return names;
  }

  private static void contained(JsonNode node, Set<String> names) {
    if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                if (field.getKey().endsWith("contains")) {
                  field.getValue().findValuesAsText("@id").forEach(id -> names.add(last(id)));
                } else {
                  contained(field.getValue(), names);
                }
              });
    } else if (node.isArray()) {
      node.forEach(item -> contained(item, names));
    }
  }

  /** Returns the names of the posts whose creation the outbox shows. */
  Set<String> outbox() {
    Set<String> names = new HashSet<>();
    String next = page(member.actor() + "/outbox").path("first").asText();
    while (!next.isEmpty()) {
      JsonNode page = page(next);
      for (JsonNode activity : page.path("orderedItems")) {
        JsonNode object = activity.path("object");
        if (activity.path("type").asText().equals("Create")) {
          names.add(last(object.isTextual() ? object.asText() : object.path("id").asText()));
        }
      }
      next = page.path("next").asText("");
    }
    return names;
  }

  private JsonNode page(String address) {
    return LabMember.json(member.get(address, AS2));
  }

  private static String last(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }
}
