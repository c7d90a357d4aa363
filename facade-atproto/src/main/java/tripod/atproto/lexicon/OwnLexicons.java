package tripod.atproto.lexicon;

import static tripod.atproto.lexicon.OwnParts.AT_URI;
import static tripod.atproto.lexicon.OwnParts.COUNT;
import static tripod.atproto.lexicon.OwnParts.DATETIME;
import static tripod.atproto.lexicon.OwnParts.DID;
import static tripod.atproto.lexicon.OwnParts.EMBED;
import static tripod.atproto.lexicon.OwnParts.EXTERNAL;
import static tripod.atproto.lexicon.OwnParts.FACET;
import static tripod.atproto.lexicon.OwnParts.LANGUAGE;
import static tripod.atproto.lexicon.OwnParts.PICTURE;
import static tripod.atproto.lexicon.OwnParts.POSITIVE;
import static tripod.atproto.lexicon.OwnParts.SELF_LABELS;
import static tripod.atproto.lexicon.OwnParts.STRONG_REF;
import static tripod.atproto.lexicon.OwnParts.TEXT;
import static tripod.atproto.lexicon.OwnParts.URI;
import static tripod.atproto.lexicon.OwnParts.created;
import static tripod.atproto.lexicon.OwnParts.fields;
import static tripod.atproto.lexicon.OwnParts.list;
import static tripod.atproto.lexicon.OwnParts.text;
import static tripod.atproto.lexicon.OwnParts.union;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.syntax.Nsid;

/**
 * The lexicons of which this house has definitions of its own, so that a new server knows them
 * without asking anybody: what records may hold, and the parts that other lexicons refer to.
 *
 * <p>Facts and limits are those of the published lexicons, held against them by a test.
 */
final class OwnLexicons {
  private static final KeyKind TID = new KeyKind.OfTid();
  private static final KeyKind SELF = new KeyKind.Literal("self");

  private static final List<Map.Entry<DefinitionName, Definition>> RECORDS =
      List.of(
          kind(
              "app.bsky.feed.post",
              TID,
              created()
                  .must("text", text(0, 3000, 300))
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
                  .may("tags", list(text(0, 640, 64), 8))),
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
                  .must("name", TEXT.bytes(1, 64))
                  .may("description", text(0, 3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .may("avatar", PICTURE)
                  .may("labels", SELF_LABELS)),
          kind("app.bsky.graph.listitem", TID, created().must("subject", DID).must("list", AT_URI)),
          kind("app.bsky.graph.listblock", TID, created().must("subject", AT_URI)),
          kind(
              "app.bsky.actor.profile",
              SELF,
              fields()
                  .may("displayName", text(0, 640, 64))
                  .may("description", text(0, 2560, 256))
                  .may("pronouns", text(0, 200, 20))
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
                  .must("displayName", text(0, 240, 24))
                  .may("description", text(0, 3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .may("avatar", PICTURE)
                  .may("acceptsInteractions", Schema.Truth.EITHER)
                  .may("labels", SELF_LABELS)
                  .may("contentMode", TEXT)),
          kind(
              "app.bsky.graph.starterpack",
              TID,
              created()
                  .must("name", text(1, 500, 50))
                  .may("description", text(0, 3000, 300))
                  .may("descriptionFacets", list(FACET))
                  .must("list", AT_URI)
                  .may("feeds", list(fields().must("uri", AT_URI), 3))),
          kind(
              "app.bsky.graph.verification",
              TID,
              created()
                  .must("subject", DID)
                  .must("handle", Schema.Text.of(Format.HANDLE))
                  .must("displayName", TEXT)),
          kind(
              "app.bsky.notification.declaration", SELF, fields().must("allowSubscriptions", TEXT)),
          kind(
              "chat.bsky.actor.declaration",
              SELF,
              fields().must("allowIncoming", TEXT).may("allowGroupInvites", TEXT)),
          kind(
              "app.bsky.labeler.service",
              SELF,
              created()
                  .must("policies", OwnParts.LABELER_POLICIES)
                  .may("labels", SELF_LABELS)
                  .may("reasonTypes", list(TEXT))
                  .may("subjectTypes", list(TEXT))
                  .may("subjectCollections", list(Schema.Text.of(Format.NSID)))),
          kind(
              "com.atproto.lexicon.schema",
              new KeyKind.OfNsid(),
              fields().must("lexicon", Schema.Int.ANY)),
          kind(
              "com.germnetwork.declaration",
              SELF,
              fields()
                  .must("version", TEXT.bytes(5, 14))
                  .must("currentKey", Schema.Bytes.ANY)
                  .may(
                      "messageMe",
                      fields()
                          .must("messageMeUrl", URI.bytes(1, 2047))
                          .must("showButtonTo", TEXT.bytes(1, 100)))
                  .may("keyPackage", Schema.Bytes.ANY)
                  .may("continuityProofs", list(Schema.Bytes.ANY, 1000))));

  private static final List<Map.Entry<DefinitionName, Definition>> PARTS =
      List.of(
          part("com.atproto.repo.strongRef", STRONG_REF),
          part("com.atproto.label.defs", "selfLabels", OwnParts.LABEL_VALUES),
          part("com.atproto.label.defs", "selfLabel", OwnParts.SELF_LABEL),
          part("com.atproto.label.defs", "labelValue", TEXT),
          part("com.atproto.label.defs", "labelValueDefinition", OwnParts.LABEL_DEFINITION),
          part("app.bsky.richtext.facet", FACET),
          part("app.bsky.richtext.facet", "byteSlice", OwnParts.BYTE_SLICE),
          part("app.bsky.richtext.facet", "mention", OwnParts.MENTION),
          part("app.bsky.richtext.facet", "link", OwnParts.HYPERLINK),
          part("app.bsky.richtext.facet", "tag", OwnParts.TAG),
          part("app.bsky.embed.defs", "aspectRatio", OwnParts.ASPECT_RATIO),
          part("app.bsky.embed.images", OwnParts.IMAGES),
          part("app.bsky.embed.gallery", OwnParts.GALLERY),
          part("app.bsky.embed.video", OwnParts.VIDEO),
          part("app.bsky.embed.external", EXTERNAL),
          part("app.bsky.embed.record", OwnParts.QUOTE),
          part("app.bsky.embed.recordWithMedia", OwnParts.QUOTE_WITH_MEDIA),
          part("app.bsky.labeler.defs", "labelerPolicies", OwnParts.LABELER_POLICIES));

  /** All definitions by their names. */
  static final Map<DefinitionName, Definition> ALL = all();

  private OwnLexicons() {}

  private static Map<DefinitionName, Definition> all() {
    Map<DefinitionName, Definition> all = new HashMap<>();
    RECORDS.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    PARTS.forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return Map.copyOf(all);
  }

  private static Map.Entry<DefinitionName, Definition> kind(
      String nsid, KeyKind key, Schema.Fields fields) {
    return Map.entry(DefinitionName.main(new Nsid(nsid)), new Definition.RecordKind(key, fields));
  }

  private static Map.Entry<DefinitionName, Definition> part(String nsid, Schema schema) {
    return part(nsid, DefinitionName.MAIN, schema);
  }

  private static Map.Entry<DefinitionName, Definition> part(
      String nsid, String name, Schema schema) {
    return Map.entry(new DefinitionName(new Nsid(nsid), name), new Definition.Value(schema));
  }
}
