package tripod.atproto.lexicon;

import java.util.List;
import java.util.Map;

/**
 * The record kinds known here, in the words of their schemas.
 *
 * <p>Facts are those of the published lexicons; limits are theirs.
 */
final class RecordKinds {
  private static final Schema.Text TEXT = Schema.Text.ANY;
  private static final Schema.Text DATETIME = text(Format.DATETIME);
  private static final Schema.Text DID = text(Format.DID);
  private static final Schema.Text AT_URI = text(Format.AT_URI);
  private static final Schema.Text URI = text(Format.URI);
  private static final Schema.Text LANGUAGE = text(Format.LANGUAGE);
  private static final Schema.Int COUNT = new Schema.Int(0, Long.MAX_VALUE);
  private static final Schema.Int POSITIVE = new Schema.Int(1, Long.MAX_VALUE);

  private static final Schema.Fields STRONG_REF =
      fields().must("uri", AT_URI).must("cid", text(Format.CID));
  private static final Schema.Blob PICTURE =
      new Schema.Blob(List.of("image/png", "image/jpeg"), 1_000_000);

  private static final Schema SELF_LABELS =
      union(
          Map.of(
              "com.atproto.label.defs#selfLabels",
              fields().must("values", list(fields().must("val", TEXT.max(128)), 10))));

  private static final Schema.Fields FACET =
      fields()
          .must("index", fields().must("byteStart", COUNT).must("byteEnd", COUNT))
          .must(
              "features",
              list(
                  union(
                      Map.of(
                          "app.bsky.richtext.facet#mention", fields().must("did", DID),
                          "app.bsky.richtext.facet#link", fields().must("uri", URI),
                          "app.bsky.richtext.facet#tag",
                              fields().must("tag", TEXT.max(640, 64))))));

  private static final Schema.Fields ASPECT_RATIO =
      fields().must("width", POSITIVE).must("height", POSITIVE);
  private static final Schema.Blob IMAGE = new Schema.Blob(List.of("image/*"), 2_000_000);

  private static final Schema.Fields IMAGES =
      fields()
          .must(
              "images",
              list(
                  fields().must("image", IMAGE).must("alt", TEXT).may("aspectRatio", ASPECT_RATIO),
                  4));
  private static final Schema.Fields GALLERY =
      fields()
          .must(
              "items",
              list(
                  union(
                      Map.of(
                          "app.bsky.embed.gallery#image",
                          fields()
                              .must("image", IMAGE)
                              .must("alt", TEXT)
                              .must("aspectRatio", ASPECT_RATIO))),
                  20));
  private static final Schema.Fields VIDEO =
      fields()
          .must("video", new Schema.Blob(List.of("video/mp4"), 300_000_000))
          .may(
              "captions",
              list(
                  fields()
                      .must("lang", LANGUAGE)
                      .must("file", new Schema.Blob(List.of("text/vtt"), 20_000)),
                  20))
          .may("alt", TEXT)
          .may("aspectRatio", ASPECT_RATIO)
          .may("presentation", TEXT);
  private static final Schema.Fields EXTERNAL =
      fields()
          .must(
              "external",
              fields()
                  .must("uri", URI)
                  .must("title", TEXT)
                  .must("description", TEXT)
                  .may("thumb", new Schema.Blob(List.of("image/*"), 1_000_000))
                  .may("associatedRefs", list(STRONG_REF)));
  private static final Schema.Fields QUOTE = fields().must("record", STRONG_REF);
  private static final Schema.Fields QUOTE_WITH_MEDIA =
      fields()
          .must("record", QUOTE)
          .must(
              "media",
              union(
                  Map.of(
                      "app.bsky.embed.images", IMAGES,
                      "app.bsky.embed.gallery", GALLERY,
                      "app.bsky.embed.video", VIDEO,
                      "app.bsky.embed.external", EXTERNAL)));
  private static final Schema EMBED =
      union(
          Map.of(
              "app.bsky.embed.images", IMAGES,
              "app.bsky.embed.gallery", GALLERY,
              "app.bsky.embed.video", VIDEO,
              "app.bsky.embed.external", EXTERNAL,
              "app.bsky.embed.record", QUOTE,
              "app.bsky.embed.recordWithMedia", QUOTE_WITH_MEDIA));

  private static final KeyKind TID = new KeyKind.OfTid();
  private static final KeyKind SELF = new KeyKind.Literal("self");

  /** All kinds by the name of their collection. */
  static final Map<String, Kind> ALL =
      Map.ofEntries(
          kind(
              "app.bsky.feed.post",
              TID,
              created()
                  .must("text", TEXT.max(3000, 300))
                  .may(
                      "entities",
                      list(
                          fields()
                              .must("index", fields().must("start", COUNT).must("end", COUNT))
                              .must("type", TEXT)
                              .must("value", TEXT)))
                  .may("facets", list(FACET))
                  .may("reply", fields().must("root", STRONG_REF).must("parent", STRONG_REF))
                  .may("embed", EMBED)
                  .may("langs", list(LANGUAGE, 3))
                  .may("labels", SELF_LABELS)
                  .may("tags", list(TEXT.max(640, 64), 8))),
          kind(
              "app.bsky.feed.like",
              TID,
              created().must("subject", STRONG_REF).may("via", STRONG_REF)),
          kind(
              "app.bsky.feed.repost",
              TID,
              created().must("subject", STRONG_REF).may("via", STRONG_REF)),
          kind("app.bsky.graph.follow", TID, created().must("subject", DID).may("via", STRONG_REF)),
          kind("app.bsky.graph.block", TID, created().must("subject", DID)),
          kind(
              "app.bsky.graph.list",
              TID,
              created()
                  .must("purpose", TEXT)
                  .must("name", TEXT.min(1).max(64))
                  .may("description", TEXT.max(3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .may("avatar", PICTURE)
                  .may("labels", SELF_LABELS)),
          kind("app.bsky.graph.listitem", TID, created().must("subject", DID).must("list", AT_URI)),
          kind("app.bsky.graph.listblock", TID, created().must("subject", AT_URI)),
          kind(
              "app.bsky.actor.profile",
              SELF,
              fields()
                  .may("displayName", TEXT.max(640, 64))
                  .may("description", TEXT.max(2560, 256))
                  .may("pronouns", TEXT.max(200, 20))
                  .may("website", URI)
                  .may("avatar", PICTURE)
                  .may("banner", PICTURE)
                  .may("labels", SELF_LABELS)
                  .may("joinedViaStarterPack", STRONG_REF)
                  .may("pinnedPost", STRONG_REF)
                  .may("createdAt", DATETIME)),
          kind(
              "app.bsky.feed.threadgate",
              TID,
              created()
                  .must("post", AT_URI)
                  .may(
                      "allow",
                      list(
                          union(
                              Map.of(
                                  "app.bsky.feed.threadgate#mentionRule", fields(),
                                  "app.bsky.feed.threadgate#followerRule", fields(),
                                  "app.bsky.feed.threadgate#followingRule", fields(),
                                  "app.bsky.feed.threadgate#listRule",
                                      fields().must("list", AT_URI))),
                          5))
                  .may("hiddenReplies", list(AT_URI, 300))),
          kind(
              "app.bsky.feed.postgate",
              TID,
              created()
                  .must("post", AT_URI)
                  .may("detachedEmbeddingUris", list(AT_URI, 50))
                  .may(
                      "embeddingRules",
                      list(union(Map.of("app.bsky.feed.postgate#disableRule", fields())), 5))),
          kind(
              "app.bsky.actor.status",
              SELF,
              created()
                  .must("status", TEXT)
                  .may("embed", union(Map.of("app.bsky.embed.external", EXTERNAL)))
                  .may("durationMinutes", POSITIVE)),
          kind(
              "app.bsky.feed.generator",
              new KeyKind.Any(),
              created()
                  .must("did", DID)
                  .must("displayName", TEXT.max(240, 24))
                  .may("description", TEXT.max(3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .may("avatar", PICTURE)
                  .may("acceptsInteractions", new Schema.Truth())
                  .may("labels", SELF_LABELS)
                  .may("contentMode", TEXT)),
          kind(
              "app.bsky.graph.starterpack",
              TID,
              created()
                  .must("name", TEXT.min(1).max(500, 50))
                  .may("description", TEXT.max(3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .must("list", AT_URI)
                  .may("feeds", list(fields().must("uri", AT_URI), 3))),
          kind(
              "app.bsky.graph.verification",
              TID,
              created()
                  .must("subject", DID)
                  .must("handle", text(Format.HANDLE))
                  .must("displayName", TEXT)),
          kind(
              "app.bsky.notification.declaration", SELF, fields().must("allowSubscriptions", TEXT)),
          kind(
              "chat.bsky.actor.declaration",
              SELF,
              fields().must("allowIncoming", TEXT).may("allowGroupInvites", TEXT)));

  private RecordKinds() {}

  /** One kind: its keys and what a record holds. */
  record Kind(KeyKind key, Schema.Fields record) {}

  private static Map.Entry<String, Kind> kind(String nsid, KeyKind key, Schema.Fields record) {
    return Map.entry(nsid, new Kind(key, record));
  }

  private static Schema.Fields fields() {
    return Schema.Fields.none();
  }

  private static Schema.Fields created() {
    return fields().must("createdAt", DATETIME);
  }

  private static Schema.Text text(Format format) {
    return new Schema.Text(0, Integer.MAX_VALUE, Integer.MAX_VALUE, format);
  }

  private static Schema list(Schema item) {
    return new Schema.Items(item, Integer.MAX_VALUE);
  }

  private static Schema list(Schema item, int countMax) {
    return new Schema.Items(item, countMax);
  }

  private static Schema union(Map<String, Schema> kinds) {
    return new Schema.Union(kinds);
  }
}
