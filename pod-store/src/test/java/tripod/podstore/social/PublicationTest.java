package tripod.podstore.social;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

class PublicationTest {
  private static final PodPath POST = new PodPath("/social/posts/3m6aaaaaaaa22");
  private static final String OPEN =
      """
      @prefix acl: <http://www.w3.org/ns/auth/acl#> .
      <#p> a acl:Authorization ; acl:agentClass <http://xmlns.com/foaf/0.1/Agent> ;
        acl:mode acl:Read ; acl:accessTo <./> ; acl:default <./> .
      """;
  private static final String SHUT =
      """
      @prefix acl: <http://www.w3.org/ns/auth/acl#> .
      <#o> a acl:Authorization ; acl:agent <https://ada.test/profile/card#me> ;
        acl:mode acl:Read, acl:Write, acl:Control ; acl:accessTo <./> ; acl:default <./> .
      """;

  private final Lens lens = new Lens(List.of(new RdfCodec(People.BOOK)));
  private final PublicGate.PubliclyReadable readable =
      (view, path) -> view.acl(path).rules().stream().anyMatch(rule -> rule.everyone());
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-02-03T04:05:06Z"));
  private PodStore store;
  private PodId pod;

  @BeforeEach
  void open() {
    store =
        MemoryStores.open(
            (InstantSource) () -> now.updateAndGet(t -> t.plusMillis(1)),
            List.of(
                new Publication(lens, readable, id -> Optional.of(People.ADA)),
                new Links(lens, id -> Optional.of(People.ADA))));
    pod = store.nextPodId();
    store.create(
        pod,
        PodStore.JdbcWork.NONE,
        writer -> {
          acl(writer, SHUT, PodPath.ROOT);
          return pod;
        });
    write(writer -> put(writer, "/social/.keep", "<> a <#x> ."));
    write(writer -> acl(writer, OPEN, SocialPaths.SOCIAL));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void write(Consumer<PodWriter> work) {
    store.write(
        pod,
        writer -> {
          work.accept(writer);
          return pod;
        });
  }

  private static void acl(PodWriter writer, String acl, PodPath path) {
    writer.putAspect(path, Aspect.ACL, turtle(acl));
  }

  private static void put(PodWriter writer, String path, String body) {
    writer.put(new PodPath(path), turtle(body));
  }

  private static Content.Document turtle(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  private void note(String to) {
    write(
        writer ->
            put(
                writer,
                POST.value(),
                "@prefix as: <https://www.w3.org/ns/activitystreams#> . <> a as:Note ;"
                    + " as:content \"x\" ; as:inReplyTo <https://ben.test/1> "
                    + (to.isEmpty() ? "" : "; as:to " + to)
                    + " ."));
  }

  private boolean isUsedUp(PodPath path) {
    return store.read(pod, view -> RecordPlaces.isUsedUp(view, path));
  }

  @Test
  void DEL_2_deletedName_isUsedUp_andNoneBesideIt() {
    note("as:Public");
    write(writer -> writer.delete(POST));
    assertTrue(isUsedUp(POST));
    assertFalse(isUsedUp(new PodPath("/social/posts/3m6aaaaaaaa23")));
    assertFalse(isUsedUp(new PodPath("/social/posts/3m6aaaaaaa222")));
    assertFalse(isUsedUp(new PodPath("/social/likes/3m6aaaaaaaa22")));
  }

  @Test
  void DEL_2_lastDeletedName_isFoundWhereItWasNotKeptYet() {
    note("as:Public");
    write(writer -> writer.delete(POST));
    write(
        writer ->
            writer
                .partition(Publication.PARTITION)
                .delete("gone".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(isUsedUp(POST));
    write(writer -> put(writer, "/social/posts/3m6aaaaaaaa23", "<> a <#x> ."));
    assertTrue(isUsedUp(POST));
  }

  private boolean isPublic() {
    PublicGate gate = new PublicGate(readable);
    return store.read(
        pod,
        view ->
            view.get(POST)
                .flatMap(
                    resource ->
                        gate.admit(view, resource, lens.read(resource, People.ADA).orElseThrow()))
                .isPresent());
  }

  @Test
  void note_writtenWhileAllIsOpen_isPublic() {
    note("as:Public");
    assertTrue(isPublic());
  }

  @Test
  void note_addressedToNobody_isNotPublic() {
    note("");
    assertFalse(isPublic());
  }

  @Test
  void note_writtenWhileTheListIsShut_isNotPublishedByWideningIt() {
    write(writer -> acl(writer, SHUT, SocialPaths.SOCIAL));
    note("as:Public");
    assertFalse(isPublic());
    write(writer -> acl(writer, OPEN, SocialPaths.SOCIAL));
    assertFalse(isPublic());
    note("as:Public ; as:summary \"again\"");
    assertTrue(isPublic());
  }

  @Test
  void note_whoseListWasShut_staysRetractedWhenItOpensAgain() {
    note("as:Public");
    write(writer -> acl(writer, SHUT, SocialPaths.SOCIAL));
    assertFalse(isPublic());
    write(writer -> acl(writer, OPEN, SocialPaths.SOCIAL));
    assertFalse(isPublic());
    write(writer -> Publication.publish(writer, POST));
    assertTrue(isPublic());
  }

  @Test
  void note_readdressedToNobody_isTakenBack() {
    note("as:Public");
    note("");
    assertFalse(isPublic());
  }

  @Test
  void note_deleted_leavesNameKindAndTimeOnly() {
    note("as:Public");
    write(writer -> writer.delete(POST));
    Tombstone stone = store.read(pod, view -> Publication.tombstone(view, POST)).orElseThrow();
    assertEquals("Note", stone.kind());
    assertEquals(POST, stone.path());
    note("as:Public");
    assertTrue(store.read(pod, view -> Publication.tombstone(view, POST)).isEmpty());
  }

  @Test
  void links_followTheContent() {
    note("as:Public");
    assertEquals(List.of(POST), replies());
    write(writer -> writer.delete(POST));
    assertEquals(List.of(), replies());
  }

  private List<PodPath> replies() {
    return store.read(
        pod,
        view ->
            Links.subjects(
                view,
                People.ADA,
                Link.Predicate.REPLY,
                "https://ben.test/1",
                Optional.empty(),
                10));
  }
}
