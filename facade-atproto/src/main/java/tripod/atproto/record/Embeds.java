package tripod.atproto.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Card;
import tripod.podstore.social.Media;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Social;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/** Reads and writes what a post carries beside its text (mapping MED-1 to MED-5, QUO-3). */
final class Embeds {
  /** Most pictures of the older embed; more need a gallery. */
  static final int IMAGES_MAX = 4;

  /** Most pictures of a gallery. */
  static final int GALLERY_MAX = 20;

  private Embeds() {}

  /** What was read. */
  record Read(List<Media> media, Optional<Card> card) {}

  static Read read(Optional<DagFields> embed) {
    if (embed.isEmpty()) {
      return new Read(List.of(), Optional.empty());
    }
    DagFields fields = embed.get();
    return switch (fields.type().orElse("")) {
      case RecordType.IMAGES -> new Read(pictures(fields.items("images")), Optional.empty());
      case RecordType.GALLERY -> new Read(pictures(fields.items("items")), Optional.empty());
      case RecordType.VIDEO ->
          new Read(
              fields
                  .fields("video")
                  .flatMap(video -> media(Media.Kind.VIDEO, video, fields))
                  .map(List::of)
                  .orElse(List.of()),
              Optional.empty());
      case RecordType.EXTERNAL ->
          new Read(List.of(), fields.fields("external").flatMap(Embeds::card));
      case RecordType.RECORD_WITH_MEDIA -> read(fields.fields("media"));
      default -> new Read(List.of(), Optional.empty());
    };
  }

  /** Reads a picture that is alone, as an avatar is. */
  static Optional<Media> image(DagFields blob) {
    return media(Media.Kind.IMAGE, blob, DagFields.EMPTY);
  }

  private static List<Media> pictures(List<DagValue> items) {
    List<Media> media = new ArrayList<>();
    for (DagValue item : items) {
      item.asFields()
          .flatMap(
              picture ->
                  picture.fields("image").flatMap(blob -> media(Media.Kind.IMAGE, blob, picture)))
          .ifPresent(media::add);
    }
    return media;
  }

  /** The older form of a blob has the CID as a text and no size. */
  private static Optional<Media> media(Media.Kind kind, DagFields blob, DagFields around) {
    Optional<Cid> cid = blob.link("ref").or(() -> blob.text("cid").flatMap(Embeds::cid));
    Optional<DagFields> ratio = around.fields("aspectRatio");
    return cid.map(
        ref ->
            new Media(
                kind,
                Optional.of(ref),
                Optional.empty(),
                blob.text("mimeType").flatMap(Embeds::mediaType),
                blob.integer("size"),
                around.text("alt"),
                ratio.flatMap(r -> r.integer("width")),
                ratio.flatMap(r -> r.integer("height"))));
  }

  private static Optional<Cid> cid(String text) {
    try {
      return Optional.of(Cid.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<MediaType> mediaType(String text) {
    try {
      return Optional.of(MediaType.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<Card> card(DagFields external) {
    return external
        .text("uri")
        .map(
            uri ->
                new Card(
                    uri,
                    external.text("title").orElse(""),
                    external.text("description").orElse(""),
                    external.fields("thumb").flatMap(Embeds::image)));
  }

  /**
   * Writes what a post carries.
   *
   * @param fullPage where the whole text stands when it was cut; shown if there is nothing else
   */
  static Optional<DagFields> write(Social.Post post, Optional<Card> fullPage) {
    Optional<DagFields> media = media(post.media());
    Optional<DagFields> quote = post.quote().flatMap(Embeds::strongRef);
    Optional<Card> quotedPage =
        quote.isPresent()
            ? Optional.empty()
            : post.quote().flatMap(Ref::iri).map(iri -> new Card(iri, "", "", Optional.empty()));
    Optional<DagFields> beside =
        media.or(() -> post.card().or(() -> quotedPage).map(Embeds::external));
    if (quote.isPresent()) {
      DagFields record =
          DagFields.builder().put("$type", RecordType.RECORD).put("record", quote.get()).build();
      return Optional.of(
          beside
              .map(
                  other ->
                      DagFields.builder()
                          .put("$type", RecordType.RECORD_WITH_MEDIA)
                          .put("record", record)
                          .put("media", other)
                          .build())
              .orElse(record));
    }
    return beside.or(() -> fullPage.map(Embeds::external));
  }

  static Optional<DagFields> strongRef(Ref ref) {
    return ref.at().isPresent() && ref.cid().isPresent()
        ? Optional.of(
            DagFields.builder()
                .put("uri", ref.at().get().toString())
                .put("cid", ref.cid().get().toString())
                .build())
        : Optional.empty();
  }

  /** Says whether an embed can hold all of these media. */
  static boolean holds(List<Media> media) {
    List<Media> ours = media.stream().filter(Embeds::isOurs).toList();
    boolean pictures =
        media.size() <= GALLERY_MAX && media.stream().allMatch(m -> m.kind() == Media.Kind.IMAGE);
    boolean film = media.size() == 1 && media.getFirst().kind() == Media.Kind.VIDEO;
    return ours.size() == media.size() && (pictures || film);
  }

  private static boolean isOurs(Media media) {
    return media.blob().isPresent() && media.mediaType().isPresent() && media.size().isPresent();
  }

  private static Optional<DagFields> media(List<Media> media) {
    List<Media> ours = media.stream().filter(Embeds::isOurs).toList();
    List<Media> pictures =
        ours.stream().filter(m -> m.kind() == Media.Kind.IMAGE).limit(GALLERY_MAX).toList();
    if (!pictures.isEmpty()) {
      return Optional.of(pictures.size() <= IMAGES_MAX ? images(pictures) : gallery(pictures));
    }
    return ours.stream().filter(m -> m.kind() == Media.Kind.VIDEO).findFirst().map(Embeds::video);
  }

  private static DagFields images(List<Media> pictures) {
    return DagFields.builder()
        .put("$type", RecordType.IMAGES)
        .put("images", DagValue.of(pictures.stream().map(p -> picture(p).build()).toList()))
        .build();
  }

  private static DagFields gallery(List<Media> pictures) {
    return DagFields.builder()
        .put("$type", RecordType.GALLERY)
        .put(
            "items",
            DagValue.of(
                pictures.stream()
                    .map(p -> picture(p).put("$type", RecordType.GALLERY_IMAGE).build())
                    .toList()))
        .build();
  }

  private static DagFields.Builder picture(Media media) {
    return DagFields.builder()
        .put("image", blob(media))
        .put("alt", media.alt().orElse(""))
        .putIf("aspectRatio", ratio(media));
  }

  private static DagFields video(Media media) {
    return DagFields.builder()
        .put("$type", RecordType.VIDEO)
        .put("video", blob(media))
        .putIf("alt", media.alt().map(DagValue::of))
        .putIf("aspectRatio", ratio(media))
        .build();
  }

  static DagFields blob(Media media) {
    return DagFields.builder()
        .put("$type", "blob")
        .put("ref", media.blob().orElseThrow())
        .put("mimeType", media.mediaType().orElseThrow().toString())
        .put("size", media.size().orElseThrow())
        .build();
  }

  private static Optional<DagFields> ratio(Media media) {
    return media.aspectWidth().isPresent() && media.aspectHeight().isPresent()
        ? Optional.of(
            DagFields.builder()
                .put("width", media.aspectWidth().get())
                .put("height", media.aspectHeight().get())
                .build())
        : Optional.empty();
  }

  private static DagFields external(Card card) {
    return DagFields.builder()
        .put("$type", RecordType.EXTERNAL)
        .put(
            "external",
            DagFields.builder()
                .put("uri", card.uri())
                .put("title", card.title())
                .put("description", card.description())
                .putIf("thumb", card.thumb().filter(Embeds::isOurs).map(Embeds::blob))
                .build())
        .build();
  }
}
