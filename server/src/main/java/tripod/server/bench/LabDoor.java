package tripod.server.bench;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One door as a stranger's program uses it: writing as the member, reading as nobody. */
public enum LabDoor {
  /** The XRPC door. */
  ATPROTO {
    @Override
    public String create(LabMember member, String text, boolean open) {
      String uri =
          LabMember.json(
                  member.procedure(
                      "com.atproto.repo.createRecord",
                      Map.of("repo", member.did(), "collection", POST, "record", record(text))))
              .path("uri")
              .asText();
      String name = uri.substring(uri.lastIndexOf('/') + 1);
      if (!open) {
        // ATProto has no private records: the owner closes the resource with its access list.
        close(member, name);
      }
      return name;
    }

    @Override
    public void edit(LabMember member, String name, String text) {
      LabMember.json(
          member.procedure(
              "com.atproto.repo.putRecord",
              Map.of(
                  "repo", member.did(), "collection", POST, "rkey", name, "record", record(text))));
    }

    @Override
    public void delete(LabMember member, String name) {
      LabMember.json(
          member.procedure(
              "com.atproto.repo.deleteRecord",
              Map.of("repo", member.did(), "collection", POST, "rkey", name)));
    }

    @Override
    public Optional<String> read(LabMember member, String name) {
      HttpResponse<byte[]> answer =
          member.query(
              "com.atproto.repo.getRecord",
              "repo=" + member.did() + "&collection=" + POST + "&rkey=" + name);
      return answer.statusCode() == 200
          ? Optional.of(LabMember.json(answer).path("value").path("text").asText())
          : Optional.empty();
    }

    private static Map<String, Object> record(String text) {
      return Map.of("$type", POST, "text", text, "createdAt", "2026-01-02T03:04:05.678Z");
    }
  },
  /** The fediverse door. */
  ACTIVITYPUB {
    @Override
    public String create(LabMember member, String text, boolean open) {
      HttpResponse<byte[]> answer =
          member.outbox(
              Map.of(
                  "@context",
                  AS,
                  "type",
                  "Create",
                  "to",
                  List.of(open ? AS + "#Public" : member.actor() + "/followers"),
                  "object",
                  Map.of(
                      "type",
                      "Note",
                      "content",
                      "<p>" + text + "</p>",
                      "to",
                      List.of(open ? AS + "#Public" : member.actor() + "/followers"))));
      if (answer.statusCode() != 201) {
        throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
      }
      // Who made it reads the activity to learn the object's name.
      String activity = answer.headers().firstValue("Location").orElseThrow();
      String object = activity.replaceFirst("[/#?]activity.*$|#create$", "");
      return object.substring(object.lastIndexOf('/') + 1);
    }

    @Override
    public void edit(LabMember member, String name, String text) {
      HttpResponse<byte[]> answer =
          member.outbox(
              Map.of(
                  "@context",
                  AS,
                  "type",
                  "Update",
                  "to",
                  List.of(AS + "#Public"),
                  "object",
                  Map.of(
                      "id",
                      address(member, name),
                      "type",
                      "Note",
                      "content",
                      "<p>" + text + "</p>")));
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
      }
    }

    @Override
    public void delete(LabMember member, String name) {
      HttpResponse<byte[]> answer =
          member.outbox(Map.of("@context", AS, "type", "Delete", "object", address(member, name)));
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
      }
    }

    @Override
    public Optional<String> read(LabMember member, String name) {
      HttpResponse<byte[]> answer = member.get(address(member, name), "application/activity+json");
      return answer.statusCode() == 200
          ? Optional.of(plain(LabMember.json(answer).path("content").asText()))
          : Optional.empty();
    }
  },
  /** The Solid door. */
  SOLID {
    @Override
    public String create(LabMember member, String text, boolean open) {
      HttpResponse<byte[]> answer =
          member.solid(
              "POST", member.storage() + "social/posts/", turtle(text, open), "text/turtle");
      if (answer.statusCode() != 201) {
        throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
      }
      String location = answer.headers().firstValue("Location").orElseThrow();
      String name = location.substring(location.lastIndexOf('/') + 1);
      if (!open) {
        close(member, name);
      }
      return name;
    }

    @Override
    public void edit(LabMember member, String name, String text) {
      String before = read(member, name).orElseThrow();
      HttpResponse<byte[]> answer =
          member.solid(
              "PATCH",
              address(member, name),
              """
              @prefix solid: <http://www.w3.org/ns/solid/terms#>.
              @prefix as: <https://www.w3.org/ns/activitystreams#>.
              _:patch a solid:InsertDeletePatch;
                solid:where { ?note as:content ?content. };
                solid:deletes { ?note as:content ?content. };
                solid:inserts { ?note as:content "%s". }.
              """
                  .formatted(text),
              "text/n3");
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "from " + before + ": " + answer.statusCode() + " " + LabMember.text(answer));
      }
    }

    @Override
    public void delete(LabMember member, String name) {
      HttpResponse<byte[]> answer = member.solid("DELETE", address(member, name), "", "");
      if (answer.statusCode() / 100 != 2) {
        throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
      }
    }

    @Override
    public Optional<String> read(LabMember member, String name) {
      HttpResponse<byte[]> answer = member.get(address(member, name), "text/turtle");
      return answer.statusCode() == 200 ? Optional.of(LabMember.text(answer)) : Optional.empty();
    }

    private static String turtle(String text, boolean open) {
      return """
      @prefix as: <https://www.w3.org/ns/activitystreams#>.
      @prefix xsd: <http://www.w3.org/2001/XMLSchema#>.
      <> a as:Note;
        as:content "%s";
        as:attributedTo </profile/card#me>;
        %s
        as:published "2026-01-02T03:04:05.678Z"^^xsd:dateTime.
      """
          .formatted(text, open ? "as:to as:Public;" : "");
    }
  };

  private static final String POST = "app.bsky.feed.post";
  private static final String AS = "https://www.w3.org/ns/activitystreams";

  /** Writes a post, for everybody or not, and returns its name in the container of posts. */
  public abstract String create(LabMember member, String text, boolean open);

  /** Changes a post's text. */
  public abstract void edit(LabMember member, String name, String text);

  /** Deletes a post. */
  public abstract void delete(LabMember member, String name);

  /** Reads a post as nobody in particular; empty when it is not shown. */
  public abstract Optional<String> read(LabMember member, String name);

  /** Returns a post's address. */
  public static String address(LabMember member, String name) {
    return member.storage() + "social/posts/" + name;
  }

  private static String plain(String html) {
    StringBuilder text = new StringBuilder();
    boolean tag = false;
    for (int i = 0; i < html.length(); i++) {
      char c = html.charAt(i);
      if (c == '<') {
        tag = true;
      } else if (c == '>') {
        tag = false;
      } else if (!tag) {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static void close(LabMember member, String name) {
    HttpResponse<byte[]> answer =
        member.solid(
            "PUT",
            address(member, name) + ".acl",
            """
            @prefix acl: <http://www.w3.org/ns/auth/acl#>.
            <#owner> a acl:Authorization; acl:agent </profile/card#me>;
              acl:accessTo <./%s>; acl:mode acl:Read, acl:Write, acl:Control.
            """
                .formatted(name),
            "text/turtle");
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(answer.statusCode() + " " + LabMember.text(answer));
    }
  }
}
