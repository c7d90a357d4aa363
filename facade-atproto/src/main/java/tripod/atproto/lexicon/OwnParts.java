package tripod.atproto.lexicon;

import java.util.List;
import java.util.Map;

/** What records of several kinds are made of, and the small words to say it with. */
final class OwnParts {
  static final Schema.Text TEXT = Schema.Text.ANY;
  static final Schema.Text DATETIME = Schema.Text.of(Format.DATETIME);
  static final Schema.Text DID = Schema.Text.of(Format.DID);
  static final Schema.Text AT_URI = Schema.Text.of(Format.AT_URI);
  static final Schema.Text URI = Schema.Text.of(Format.URI);
  static final Schema.Text LANGUAGE = Schema.Text.of(Format.LANGUAGE);
  static final Schema.Int COUNT = Schema.Int.from(0);
  static final Schema.Int POSITIVE = Schema.Int.from(1);

  static final Schema.Fields STRONG_REF =
      fields().must("uri", AT_URI).must("cid", Schema.Text.of(Format.CID));
  static final Schema.Blob PICTURE = new Schema.Blob(List.of("image/png", "image/jpeg"), 1_000_000);

  static final Schema.Fields SELF_LABEL = fields().must("val", TEXT.bytes(0, 128));
  static final Schema.Fields LABEL_VALUES = fields().must("values", list(SELF_LABEL, 10));
  static final Schema SELF_LABELS =
      union(Map.of("com.atproto.label.defs#selfLabels", LABEL_VALUES));

  static final Schema.Fields BYTE_SLICE = fields().must("byteStart", COUNT).must("byteEnd", COUNT);
  static final Schema.Fields MENTION = fields().must("did", DID);
  static final Schema.Fields HYPERLINK = fields().must("uri", URI);
  static final Schema.Fields TAG = fields().must("tag", text(0, 640, 64));
  static final Schema.Fields FACET =
      fields()
          .must("index", BYTE_SLICE)
          .must(
              "features",
              list(
                  union(
                      Map.of(
                          "app.bsky.richtext.facet#mention", MENTION,
                          "app.bsky.richtext.facet#link", HYPERLINK,
                          "app.bsky.richtext.facet#tag", TAG))));

  static final Schema.Fields ASPECT_RATIO =
      fields().must("width", POSITIVE).must("height", POSITIVE);
  static final Schema.Blob IMAGE = new Schema.Blob(List.of("image/*"), 2_000_000);

  static final Schema.Fields IMAGES =
      fields()
          .must(
              "images",
              list(
                  fields().must("image", IMAGE).must("alt", TEXT).may("aspectRatio", ASPECT_RATIO),
                  4));
  static final Schema.Fields GALLERY =
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
  static final Schema.Fields VIDEO =
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
  static final Schema.Fields EXTERNAL =
      fields()
          .must(
              "external",
              fields()
                  .must("uri", URI)
                  .must("title", TEXT)
                  .must("description", TEXT)
                  .may("thumb", new Schema.Blob(List.of("image/*"), 1_000_000))
                  .may("associatedRefs", list(STRONG_REF)));
  static final Schema.Fields QUOTE = fields().must("record", STRONG_REF);
  static final Schema.Fields QUOTE_WITH_MEDIA =
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
  static final Schema EMBED =
      union(
          Map.of(
              "app.bsky.embed.images", IMAGES,
              "app.bsky.embed.gallery", GALLERY,
              "app.bsky.embed.video", VIDEO,
              "app.bsky.embed.external", EXTERNAL,
              "app.bsky.embed.record", QUOTE,
              "app.bsky.embed.recordWithMedia", QUOTE_WITH_MEDIA));

  /** What a labeler says of one of its labels. */
  static final Schema.Fields LABEL_DEFINITION =
      fields()
          .must("identifier", text(0, 100, 100))
          .must("severity", TEXT)
          .must("blurs", TEXT)
          .may("defaultSetting", TEXT)
          .may("adultOnly", Schema.Truth.EITHER)
          .must(
              "locales",
              list(
                  fields()
                      .must("lang", LANGUAGE)
                      .must("name", text(0, 640, 64))
                      .must("description", text(0, 100_000, 10_000))));

  static final Schema.Fields LABELER_POLICIES =
      fields().must("labelValues", list(TEXT)).may("labelValueDefinitions", list(LABEL_DEFINITION));

  private OwnParts() {}

  static Schema.Fields fields() {
    return Schema.Fields.NONE;
  }

  static Schema.Fields created() {
    return fields().must("createdAt", DATETIME);
  }

  /** Returns a text of so many bytes, and at most so many characters. */
  static Schema.Text text(int bytesMin, int bytesMax, int graphemesMax) {
    return TEXT.bytes(bytesMin, bytesMax).graphemes(0, graphemesMax);
  }

  static Schema list(Schema item) {
    return list(item, Schema.UNBOUNDED);
  }

  static Schema list(Schema item, int countMax) {
    return new Schema.Items(item, 0, countMax);
  }

  static Schema union(Map<String, Schema> kinds) {
    return new Schema.Union(Map.copyOf(kinds), false);
  }
}
