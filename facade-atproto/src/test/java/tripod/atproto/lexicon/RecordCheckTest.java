package tripod.atproto.lexicon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import org.junit.jupiter.api.Test;
import tripod.atproto.json.RecordJson;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

class RecordCheckTest {
  private static final String AT = "\"createdAt\":\"2026-01-02T03:04:05.678Z\"";
  private static final String TID = "3mbfvv7imxk22";

  @Test
  void check_post_knowsItsFields() {
    assertValid("app.bsky.feed.post", TID, "{\"text\":\"hello\"," + AT + "}");
    assertValid(
        "app.bsky.feed.post",
        TID,
        "{\"text\":\"\",\"langs\":[\"en\",\"de-AT\"],\"more\":{\"x\":1}," + AT + "}");
    assertInvalid("app.bsky.feed.post", TID, "{" + AT + "}", "record/text is missing");
    assertInvalid(
        "app.bsky.feed.post", TID, "{\"text\":5," + AT + "}", "record/text must be a text");
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        "{\"text\":\"x\",\"createdAt\":\"yesterday\"}",
        "record/createdAt must be a datetime");
    assertInvalid(
        "app.bsky.feed.post",
        "self",
        "{\"text\":\"x\"," + AT + "}",
        "the key self is not of the kind tid that app.bsky.feed.post has");
  }

  @Test
  void check_lengths_countBytesAndCharacters() {
    assertValid("app.bsky.feed.post", TID, post("x".repeat(300)));
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        post("x".repeat(301)),
        "record/text has 301 characters, at most 300 are allowed");
    String family = "\ud83d\udc68\u200d\ud83d\udc69\u200d\ud83d\udc67";
    assertValid("app.bsky.feed.post", TID, post(family.repeat(150)));
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        post(family.repeat(200)),
        "record/text has 3600 bytes, at most 3000 are allowed");
  }

  @Test
  void check_embedsAndFacets_areLookedInto() {
    String cid = "bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity";
    String image =
        "{\"text\":\"x\",\"embed\":{\"$type\":\"app.bsky.embed.images\",\"images\":[{\"alt\":\"\","
            + "\"image\":{\"$type\":\"blob\",\"ref\":{\"$link\":\"%s\"},\"mimeType\":\"%s\",\"size\":%d}}]},%s}";
    assertValid("app.bsky.feed.post", TID, image.formatted(cid, "image/webp", 2_000_000, AT));
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        image.formatted(cid, "image/png", 2_000_001, AT),
        "record/embed/images/0/image has 2000001 bytes, at most 2000000 are allowed");
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        image.formatted(cid, "text/plain", 1, AT),
        "record/embed/images/0/image must be one of [image/*], came text/plain");
    assertValid(
        "app.bsky.feed.post",
        TID,
        "{\"text\":\"x\",\"embed\":{\"$type\":\"com.example.new\",\"a\":1}," + AT + "}");
    assertInvalid(
        "app.bsky.feed.post",
        TID,
        "{\"text\":\"x\",\"facets\":[{\"index\":{\"byteStart\":-1,\"byteEnd\":1},\"features\":[]}],"
            + AT
            + "}",
        "record/facets/0/index/byteStart must be from 0 to 9223372036854775807");
  }

  @Test
  void check_profile_hasOneKey() {
    assertValid("app.bsky.actor.profile", "self", "{}");
    assertInvalid(
        "app.bsky.actor.profile",
        "other",
        "{}",
        "the key other is not of the kind literal:self that app.bsky.actor.profile has");
  }

  @Test
  void check_kindNobodyKnows_isUnknown() {
    assertInstanceOf(
        RecordCheck.Result.Unknown.class,
        LEXICONS.check(new Nsid("com.example.thing"), new RecordKey("x"), DagFields.EMPTY));
  }

  private static String post(String text) {
    return "{\"text\":\"" + text + "\"," + AT + "}";
  }

  private static final RecordCheck LEXICONS = new RecordCheck(Catalog.own());

  private static RecordCheck.Result check(String collection, String key, String json) {
    return LEXICONS.check(
        new Nsid(collection),
        new RecordKey(key),
        (DagFields) RecordJson.parse(json.getBytes(UTF_8)));
  }

  private static void assertValid(String collection, String key, String json) {
    assertEquals(new RecordCheck.Result.Valid(), check(collection, key, json));
  }

  private static void assertInvalid(String collection, String key, String json, String fault) {
    assertEquals(new RecordCheck.Result.Invalid(fault), check(collection, key, json));
  }
}
