package tripod.solid.ldp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tripod.podstore.Aspect;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Resource;
import tripod.syntax.MediaType;

/** Posts of other doors, read and edited at this one (mapping note, section 4). */
class SocialEditTest {
  private static final String AS = "https://www.w3.org/ns/activitystreams#";

  private static PodServer pod;
  private static int count;

  @BeforeAll
  static void start() {
    pod = PodServer.start(new NoRepentance());
  }

  @AfterAll
  static void stop() {
    pod.close();
  }

  @Test
  void post_ofAnotherDoor_readsAsActivityStreams() {
    PodPath post = post("hello");
    HttpResponse<String> answer = pod.get("alice", post.value());
    assertEquals("text/turtle", answer.headers().firstValue("Content-Type").orElse(""));
    assertTrue(answer.body().contains("as:Note"), answer.body());
    assertTrue(answer.body().contains("hello"), answer.body());
  }

  @Test
  void edit_thatTheFormCanSay_keepsTheForm() {
    PodPath post = post("hello");
    assertEquals(204, edit(post, "hello", "good bye"));
    assertArrayEquals(NoteCodec.block("good bye").bytes(), bytes(post));
    assertTrue(pod.get("alice", post.value()).body().contains("good bye"));
  }

  @Test
  void edit_thatChangesNothing_makesNoCommit() {
    PodPath post = post("hello");
    String tag = pod.get("alice", post.value()).headers().firstValue("ETag").orElse("");
    String turtle = pod.get("alice", post.value(), "Accept", "text/turtle").body();
    assertEquals(204, pod.put("alice", post.value(), turtle).statusCode());
    assertEquals(tag, pod.get("alice", post.value()).headers().firstValue("ETag").orElse(""));
  }

  @Test
  void triplesThatTheFormCannotSay_areKeptBesideIt() {
    PodPath post = post("hello");
    assertEquals(
        204,
        pod.patch("alice", post.value(), "solid:inserts { <> <p:mood> \"calm\" }").statusCode());
    assertArrayEquals(NoteCodec.block("hello").bytes(), bytes(post));
    assertTrue(pod.get("alice", post.value()).body().contains("calm"));
    assertEquals(204, edit(post, "hello", "still calm"));
    String body = pod.get("alice", post.value()).body();
    assertTrue(body.contains("\"calm\"") && body.contains("still calm"), body);
    assertEquals(
        204,
        pod.patch("alice", post.value(), "solid:deletes { <> <p:mood> \"calm\" }").statusCode());
    assertFalse(pod.get("alice", post.value()).body().contains("\"calm\""));
  }

  @Test
  void edit_thatIsTooLongForTheForm_makesRdfTheSource() {
    PodPath post = post("hello");
    String much = "much too long for a block of that size";
    assertEquals(204, edit(post, "hello", much));
    Resource now = pod.store.read(pod.names.pod(), view -> view.get(post)).orElseThrow();
    assertTrue(now.content().mediaType().is(MediaType.TURTLE));
    assertTrue(pod.get("alice", post.value()).body().contains(much));
  }

  @Test
  void refusalByAProjection_isAConflictWithItsConstraint() {
    PodPath post = post("sorry not sorry");
    int before = pod.get("alice", post.value()).statusCode();
    HttpResponse<String> answer = pod.send("alice", "DELETE", post.value(), null);
    assertEquals(409, answer.statusCode());
    assertTrue(answer.headers().firstValue("Link").orElse("").contains("ldp#constrainedBy"));
    assertTrue(answer.body().contains("no repentance"), answer.body());
    assertEquals(before, pod.get("alice", post.value()).statusCode());
  }

  private static int edit(PodPath post, String from, String to) {
    String content = pod.get("alice", post.value(), "Accept", "application/n-triples").body();
    String object =
        content
            .lines()
            .filter(line -> line.contains("<" + AS + "content>"))
            .findFirst()
            .orElseThrow()
            .replaceAll(".*#content> (.*) \\.", "$1");
    assertTrue(object.contains(from), object);
    return pod.patch(
            "alice",
            post.value(),
            "solid:deletes { <> <"
                + AS
                + "content> "
                + object
                + " }; solid:inserts { <> <"
                + AS
                + "content> "
                + object.replace(from, to)
                + " }")
        .statusCode();
  }

  private static PodPath post(String text) {
    PodPath path = new PodPath("/social/posts/3kabcdefgh" + "234567a".charAt(++count % 7) + "22");
    pod.store.write(
        pod.names.pod(),
        writer -> {
          writer.put(path, NoteCodec.block(text));
          return true;
        });
    return path;
  }

  private static byte[] bytes(PodPath path) {
    Resource resource = pod.store.read(pod.names.pod(), view -> view.get(path)).orElseThrow();
    return ((Content.Document) resource.content()).bytes();
  }

  /** A rule of another door that forbids to take back some posts. */
  private static final class NoRepentance implements Projection {
    @Override
    public String partition() {
      return "test.repentance";
    }

    @Override
    public void apply(Commit pending, PodWriter after) {
      pending
          .changes()
          .forEach(
              change -> {
                boolean sorry =
                    change instanceof tripod.podstore.Change.Delete gone
                        && gone.aspect() == Aspect.SELF
                        && gone.removed().content() instanceof Content.Document document
                        && new String(document.bytes()).contains("not sorry");
                if (sorry) {
                  throw new PodFailure.Refused("no repentance");
                }
              });
    }
  }
}
