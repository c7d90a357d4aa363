package tripod.atproto.record;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Card;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Graphemes;
import tripod.podstore.social.Media;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Reply;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/**
 * Writes the pivot as a record, cutting what a record cannot hold (mapping 7.1, 7.4, 7.5).
 *
 * @param path where the resource is
 * @param names what others call the pod
 */
record RecordWriting(PodPath path, PodNames names) {
  static final String BOT = "bot";

  private static final Set<String> HIDING = Set.of("nudity", "sexual", "porn", "graphic-media");

  /** Returns the record; empty when there is none that says it. */
  Optional<DagFields> write(Social social) {
    return switch (social) {
      case Social.Post post -> post(post);
      case Social.Like like -> subject(RecordType.LIKE, like.subject(), like.published());
      case Social.Repost repost -> subject(RecordType.REPOST, repost.subject(), repost.published());
      case Social.Follow follow ->
          person(RecordType.FOLLOW, follow.subject().did(), follow.published());
      case Social.Block block -> person(RecordType.BLOCK, block.subject().did(), block.published());
      case Social.Profile profile -> Optional.of(profile(profile));
      case Social.Article article -> Optional.of(ArticleRecords.write(article, path, names));
      case Social.Event event -> Optional.of(EventRecords.write(event));
      case Social.Rsvp rsvp -> EventRecords.write(rsvp);
      case Social.PeopleList list -> Optional.of(ListRecords.write(list));
      case Social.ThreadGate gate -> ListRecords.write(gate);
      case Social.ListMember member -> Optional.empty(); // only ever a record
      case Social.Unknown unknown -> Optional.empty();
    };
  }

  /**
   * Returns the records that a resource needs besides its own: the post that tells of an article,
   * the members of a list.
   */
  Map<RecordName, DagFields> beside(Social social) {
    Optional<RecordName> own =
        SocialPaths.recordAt(path).filter(name -> Tid.isValid(name.rkey().value()));
    if (own.isEmpty()) {
      return Map.of();
    }
    return switch (social) {
      case Social.Article article ->
          post(ArticleRecords.announcement(article, path, names))
              .map(
                  post -> Map.of(new RecordName(new Nsid(RecordType.POST), own.get().rkey()), post))
              .orElse(Map.of());
      case Social.Post post when post.replies().isPresent() -> gate(post, own.get());
      case Social.PeopleList list -> ListRecords.items(list, own.get().uri(names.did()));
      default -> Map.of();
    };
  }

  /** GAT-1: who may answer is a record of its own, with the key of the post. */
  private Map<RecordName, DagFields> gate(Social.Post post, RecordName own) {
    Ref self = new Ref(Optional.of(own.uri(names.did())), Optional.empty(), Optional.empty());
    return ListRecords.write(new Social.ThreadGate(self, post.replies(), post.published()))
        .map(gate -> Map.of(new RecordName(new Nsid(RecordType.THREADGATE), own.rkey()), gate))
        .orElse(Map.of());
  }

  /** LIK-2, ANN-2: a reference without a version of a record is none. */
  private static Optional<DagFields> subject(String type, Ref subject, Datetime published) {
    return Embeds.strongRef(subject)
        .map(
            ref ->
                DagFields.builder()
                    .put("$type", type)
                    .put("subject", ref)
                    .put("createdAt", time(published))
                    .build());
  }

  /** FOL-3: the subject of a follow is a DID. */
  private static Optional<DagFields> person(
      String type, Optional<Did> subject, Datetime published) {
    return subject.map(
        did ->
            DagFields.builder()
                .put("$type", type)
                .put("subject", did.value())
                .put("createdAt", time(published))
                .build());
  }

  /** TIME-2: UTC, milliseconds, Z; a time that does not exist is kept as it was written. */
  static String time(Datetime said) {
    return said.hasInstant() ? Datetime.of(said.instant()).value() : said.value();
  }

  private Optional<DagFields> post(Social.Post post) {
    Optional<DagFields> reply = post.reply().flatMap(RecordWriting::reply);
    if (post.reply().isPresent() && reply.isEmpty()) {
      return Optional.empty(); // REP-6
    }
    String prefix = prefix(post);
    String text = prefix + post.text();
    boolean fits = RecordLimits.textFits(text);
    String shown =
        fits
            ? text
            : Graphemes.cut(text, RecordLimits.TEXT_GRAPHEMES_MAX, RecordLimits.TEXT_BYTES_MAX);
    int kept = bytes(fits ? text : shown.substring(0, shown.length() - 1));
    Optional<Card> fullPage =
        fits
            ? Optional.empty()
            : Optional.of(
                new Card(
                    names.iri(path.value()),
                    "Full post on " + names.authority(),
                    "",
                    Optional.empty()));
    DagFields.Builder record =
        DagFields.builder()
            .put("$type", RecordType.POST)
            .put("text", shown)
            .put("createdAt", time(post.published()))
            .putIf("reply", reply)
            .putIf("embed", Embeds.write(post, fullPage))
            .putIf("labels", labels(postLabels(post)));
    putList(record, "facets", facets(post.facets(), bytes(prefix), kept));
    putList(
        record,
        "langs",
        post.languages().stream()
            .limit(RecordLimits.LANGS_MAX)
            .map(l -> DagValue.of(l.value()))
            .toList());
    putList(
        record,
        "tags",
        post.tags().stream()
            .filter(RecordLimits::tagFits)
            .limit(RecordLimits.TAGS_MAX)
            .map(DagValue::of)
            .toList());
    return Optional.of(record.build());
  }

  static void putList(DagFields.Builder record, String key, List<? extends DagValue> items) {
    if (!items.isEmpty()) {
      record.put(key, DagValue.of(items));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** CW-2: a warning about text stands before the text; one about media is a label (CW-3). */
  private static String prefix(Social.Post post) {
    return post.media().isEmpty()
        ? post.warning().filter(words -> !words.isBlank()).map(w -> "[" + w + "]\n\n").orElse("")
        : "";
  }

  private static Optional<DagFields> reply(Reply reply) {
    Optional<DagFields> parent = Embeds.strongRef(reply.parent());
    return parent.map(
        p ->
            DagFields.builder()
                .put("root", Embeds.strongRef(reply.root()).orElse(p)) // REP-4
                .put("parent", p)
                .build());
  }

  private static Set<String> postLabels(Social.Post post) {
    Set<String> labels = new LinkedHashSet<>(post.labels());
    if (post.sensitive()
        && !post.media().isEmpty()
        && labels.stream().noneMatch(HIDING::contains)) {
      labels.add("graphic-media");
    }
    return labels;
  }

  private static Optional<DagFields> labels(Set<String> labels) {
    return labels.isEmpty()
        ? Optional.empty()
        : Optional.of(
            DagFields.builder()
                .put("$type", RecordType.SELF_LABELS)
                .put(
                    "values",
                    DagValue.of(
                        labels.stream().map(l -> DagFields.of("val", DagValue.of(l))).toList()))
                .build());
  }

  private static List<DagFields> facets(List<Facet> facets, int moved, int kept) {
    List<DagFields> written = new ArrayList<>();
    for (Facet facet : facets) {
      long from = facet.byteStart() + (long) moved;
      long to = Math.min(facet.byteEnd() + (long) moved, kept);
      List<DagFields> features = new ArrayList<>();
      facet.features().forEach(feature -> feature(feature).ifPresent(features::add));
      if (from < to && !features.isEmpty()) {
        written.add(
            DagFields.builder()
                .put("index", DagFields.builder().put("byteStart", from).put("byteEnd", to).build())
                .put("features", DagValue.of(features))
                .build());
      }
    }
    return written;
  }

  private static Optional<DagFields> feature(Facet.Feature feature) {
    return switch (feature) {
      case Facet.Feature.Mention mention ->
          mention
              .did()
              .map(did -> feature(RecordType.MENTION, "did", did.value()))
              .or(
                  () ->
                      mention
                          .actor()
                          .map(ActorIri::value)
                          .map(actor -> feature(RecordType.LINK, "uri", actor)));
      case Facet.Feature.Link link -> Optional.of(feature(RecordType.LINK, "uri", link.uri()));
      case Facet.Feature.Tag tag ->
          RecordLimits.tagFits(tag.tag())
              ? Optional.of(feature(RecordType.TAG, "tag", tag.tag()))
              : Optional.empty();
      case Facet.Feature.Other other -> Optional.empty();
    };
  }

  private static DagFields feature(String type, String key, String value) {
    return DagFields.builder().put("$type", type).put(key, value).build();
  }

  private static DagFields profile(Social.Profile profile) {
    Set<String> labels = new LinkedHashSet<>(profile.labels());
    if (profile.bot()) {
      labels.add(BOT);
    } else {
      labels.remove(BOT);
    }
    return DagFields.builder()
        .put("$type", RecordType.PROFILE)
        .putIf("displayName", profile.displayName().map(RecordLimits::name).map(DagValue::of))
        .putIf("description", profile.description().map(RecordLimits::about).map(DagValue::of))
        .putIf("avatar", profile.avatar().filter(RecordWriting::isPicture).map(Embeds::blob))
        .putIf("banner", profile.banner().filter(RecordWriting::isPicture).map(Embeds::blob))
        .putIf("pronouns", profile.pronouns().map(DagValue::of))
        .putIf("website", profile.website().map(DagValue::of))
        .putIf("labels", labels(labels))
        .putIf("pinnedPost", profile.pinned().flatMap(Embeds::strongRef))
        .putIf("createdAt", profile.created().map(RecordWriting::time).map(DagValue::of))
        .build();
  }

  /** PRO-1: PNG or JPEG of at most 1 MB; anything else is left out, and stays in the pod. */
  private static boolean isPicture(Media media) {
    return media.blob().isPresent()
        && media.size().filter(size -> size <= RecordLimits.AVATAR_BYTES_MAX).isPresent()
        && media
            .mediaType()
            .map(type -> type.essence().toLowerCase(Locale.ROOT))
            .filter(type -> type.equals("image/png") || type.equals("image/jpeg"))
            .isPresent();
  }
}
