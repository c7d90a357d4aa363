package tripod.podstore.social;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tripod.podstore.PodPath;

class SocialPathsTest {
  @Test
  void path_ofEveryRecord_leadsBackToIt() {
    for (String collection :
        List.of("app.bsky.feed.post", "app.bsky.graph.follow", "com.example.thing")) {
      for (String key :
          List.of(
              "3m6aaaaaaaa22",
              "self",
              "x.acl",
              "x.acl~",
              "x.acl~~",
              "a~",
              ".meta",
              "3m6aaaaaaaa22-2",
              "3m6aaaaaaaa22-2~",
              "3m6aaaaaaaa22-1")) {
        PodPath path = SocialPaths.of(collection, key);
        RecordName name = SocialPaths.recordAt(path).orElseThrow();
        assertEquals(collection, name.collection().value());
        assertEquals(key, name.rkey().value());
      }
    }
  }

  @Test
  void path_ofARecordNamedLikeAnAuxiliary_isNoAuxiliary() {
    assertEquals(
        "/records/com.example.thing/x.acl~", SocialPaths.of("com.example.thing", "x.acl").value());
    assertEquals(
        Optional.empty(), SocialPaths.recordAt(new PodPath("/records/com.example.thing/x.acl")));
  }

  @Test
  void DEL_2_path_ofALaterRecordOfAKey_hasItsNumberAndLeadsBack() {
    RecordName name = RecordName.ofKey("app.bsky.feed.post/3m6aaaaaaaa22");
    PodPath later = SocialPaths.of(name, 2);
    assertEquals("/social/posts/3m6aaaaaaaa22-2", later.value());
    assertEquals(Optional.of(name), SocialPaths.recordAt(later));
    assertEquals(2, SocialPaths.generationOf(later));
    assertEquals(1, SocialPaths.generationOf(name.path()));
    PodPath literal = SocialPaths.of("app.bsky.feed.post", "3m6aaaaaaaa22-2");
    assertEquals("/social/posts/3m6aaaaaaaa22-2~", literal.value());
    assertEquals(1, SocialPaths.generationOf(literal));
  }

  @Test
  void record_ofAMappedCollectionUnderRecords_isNone() {
    assertEquals(
        Optional.empty(), SocialPaths.recordAt(new PodPath("/records/app.bsky.feed.post/a")));
    assertEquals(Optional.empty(), SocialPaths.recordAt(new PodPath("/records/a")));
    assertEquals(Optional.empty(), SocialPaths.recordAt(new PodPath("/social/posts/")));
  }

  @Test
  void names_ofOneResource_areTwoSpellingsAndARecord() {
    PodPath path = new PodPath("/social/posts/3m6aaaaaaaa22");
    assertEquals(
        "at://did:plc:ada22222222222222222222/app.bsky.feed.post/3m6aaaaaaaa22",
        SocialPaths.atUri(path, People.ADA).orElseThrow().toString());
    assertEquals(
        Optional.of(path),
        SocialPaths.path("https://ada.test/social/posts/3m6aaaaaaaa22", People.ADA));
    assertTrue(SocialPaths.path("https://ben.test/social/posts/a", People.ADA).isEmpty());
    assertTrue(SocialPaths.path("https://ada.test/social/../x", People.ADA).isEmpty());
  }
}
