package tripod.atproto.record;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Person;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Reply;
import tripod.podstore.social.Social;
import tripod.podstore.social.Times;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Language;
import tripod.syntax.SyntaxException;

/**
 * Reads records in the words of the pivot. What breaks its lexicon is left out of the reading and
 * stays in the record: the door checks records, the lens reads whatever is there.
 */
final class RecordReading {
  /** Facets with more bytes than this before them point nowhere in any text. */
  private static final long OFFSET_MAX = Integer.MAX_VALUE;

  private RecordReading() {}

  static Social read(DagFields record, Resource resource) {
    String type = record.type().orElse("");
    Datetime created = created(record).orElseGet(() -> Datetime.of(Times.born(resource))); // TIME-1
    Social unknown = new Social.Unknown(type, Audience.PUBLIC);
    return switch (type) {
      case RecordType.POST -> post(record, created);
      case RecordType.PROFILE -> profile(record);
      case RecordType.LIKE ->
          ref(record.fields("subject"))
              .map(r -> (Social) new Social.Like(r, Optional.empty(), created, Address.PUBLIC))
              .orElse(unknown);
      case RecordType.REPOST ->
          ref(record.fields("subject"))
              .map(r -> (Social) new Social.Repost(r, created, Address.PUBLIC))
              .orElse(unknown);
      case RecordType.FOLLOW ->
          person(record)
              .map(who -> (Social) new Social.Follow(who, created, Address.PUBLIC))
              .orElse(unknown);
      case RecordType.BLOCK ->
          person(record)
              .map(who -> (Social) new Social.Block(who, created, Address.PUBLIC))
              .orElse(unknown);
      case RecordType.DOCUMENT -> ArticleRecords.document(record, created);
      case RecordType.BLOG_ENTRY -> ArticleRecords.entry(record, created);
      case RecordType.EVENT -> EventRecords.event(record, created);
      case RecordType.RSVP -> rsvp(record, created).orElse(unknown);
      case RecordType.LIST -> ListRecords.list(record, created).orElse(unknown);
      case RecordType.LIST_ITEM ->
          ListRecords.member(record, person(record), created).orElse(unknown);
      case RecordType.THREADGATE -> ListRecords.gate(record, created).orElse(unknown);
      default -> unknown;
    };
  }

  private static Optional<Social> rsvp(DagFields record, Datetime created) {
    return ref(record.fields("subject"))
        .flatMap(
            event ->
                EventRecords.answer(record)
                    .map(answer -> new Social.Rsvp(event, answer, created, Address.PUBLIC)));
  }

  private static Optional<Datetime> created(DagFields record) {
    return record
        .text("createdAt")
        .filter(Datetime::isValid)
        .map(Datetime::new)
        .filter(Datetime::hasInstant);
  }

  private static Social.Post post(DagFields record, Datetime created) {
    Embeds.Read embed = Embeds.read(record.fields("embed"));
    return new Social.Post(
        record.text("text").orElse(""),
        facets(record),
        Optional.empty(),
        languages(record),
        Map.of(),
        created,
        Optional.empty(),
        record.fields("reply").flatMap(RecordReading::reply),
        RecordLinks.quoted(record).flatMap(quoted -> ref(Optional.of(quoted))),
        embed.media(),
        embed.card(),
        Optional.empty(),
        labels(record),
        false,
        texts(record.items("tags")),
        Address.PUBLIC);
  }

  private static Social.Profile profile(DagFields record) {
    Set<String> labels = labels(record);
    return new Social.Profile(
        record.text("displayName"),
        record.text("description"),
        Optional.empty(),
        record.fields("avatar").flatMap(Embeds::image),
        record.fields("banner").flatMap(Embeds::image),
        record.text("pronouns"),
        record.text("website"),
        List.of(),
        labels,
        labels.contains(RecordWriting.BOT),
        ref(record.fields("pinnedPost")),
        created(record));
  }

  private static List<Facet> facets(DagFields record) {
    List<Facet> facets = new ArrayList<>();
    for (DagValue value : record.items("facets")) {
      Optional<DagFields> index = value.asFields().flatMap(f -> f.fields("index"));
      Optional<Integer> from = offset(index, "byteStart");
      Optional<Integer> to = offset(index, "byteEnd");
      if (from.isPresent() && to.isPresent()) {
        facets.add(new Facet(from.get(), to.get(), features((DagFields) value)));
      }
    }
    return facets;
  }

  private static Optional<Integer> offset(Optional<DagFields> index, String name) {
    return index
        .flatMap(i -> i.integer(name))
        .filter(n -> n >= 0)
        .map(n -> (int) Math.min(n, OFFSET_MAX));
  }

  private static List<Facet.Feature> features(DagFields facet) {
    List<Facet.Feature> features = new ArrayList<>();
    for (DagValue value : facet.items("features")) {
      value.asFields().map(RecordReading::feature).ifPresent(features::add);
    }
    return features;
  }

  private static Facet.Feature feature(DagFields feature) {
    String type = feature.type().orElse("");
    Facet.Feature other = new Facet.Feature.Other(type);
    return switch (type) {
      case RecordType.MENTION ->
          feature
              .text("did")
              .filter(Did::isValid)
              .map(
                  did ->
                      (Facet.Feature)
                          new Facet.Feature.Mention(
                              Optional.of(new Did(did)), Optional.empty(), Optional.empty()))
              .orElse(other);
      case RecordType.LINK ->
          feature.text("uri").map(uri -> (Facet.Feature) new Facet.Feature.Link(uri)).orElse(other);
      case RecordType.TAG ->
          feature.text("tag").map(tag -> (Facet.Feature) new Facet.Feature.Tag(tag)).orElse(other);
      default -> other;
    };
  }

  private static List<Language> languages(DagFields record) {
    return texts(record.items("langs")).stream()
        .filter(Language::isValid)
        .map(Language::new)
        .toList();
  }

  private static Set<String> labels(DagFields record) {
    Set<String> labels = new LinkedHashSet<>();
    record
        .fields("labels")
        .ifPresent(
            all -> {
              for (DagValue value : all.items("values")) {
                value.asFields().flatMap(label -> label.text("val")).ifPresent(labels::add);
              }
            });
    return labels;
  }

  private static List<String> texts(List<DagValue> items) {
    return items.stream().flatMap(item -> item.asText().stream()).toList();
  }

  private static Optional<Reply> reply(DagFields reply) {
    Optional<Ref> parent = ref(reply.fields("parent"));
    return parent.map(p -> new Reply(ref(reply.fields("root")).orElse(p), p));
  }

  private static Optional<Ref> ref(Optional<DagFields> strongRef) {
    return strongRef
        .flatMap(ref -> ref.text("uri"))
        .filter(AtUri::isValid)
        .map(
            uri ->
                new Ref(
                    Optional.of(AtUri.parse(uri)),
                    strongRef.get().text("cid").flatMap(RecordReading::cid),
                    Optional.empty()));
  }

  private static Optional<Cid> cid(String text) {
    try {
      return Optional.of(Cid.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty(); // a version that no record here can have
    }
  }

  private static Optional<Person> person(DagFields record) {
    return record
        .text("subject")
        .filter(Did::isValid)
        .map(did -> new Person(Optional.of(new Did(did)), Optional.empty()));
  }
}
