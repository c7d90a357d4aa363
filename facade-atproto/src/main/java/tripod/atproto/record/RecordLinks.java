package tripod.atproto.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Link;
import tripod.syntax.AtUri;
import tripod.syntax.Did;

/** Picks from a record what it does to others, and reads nothing else of it. */
final class RecordLinks {
  private RecordLinks() {}

  static List<Link> of(DagFields record) {
    List<Link> links = new ArrayList<>(1);
    switch (record.type().orElse("")) {
      case RecordType.POST -> post(record, links);
      case RecordType.LIKE -> ref(record.fields("subject"), Link.Predicate.LIKE, links);
      case RecordType.REPOST -> ref(record.fields("subject"), Link.Predicate.REPOST, links);
      case RecordType.FOLLOW -> person(record.text("subject"), Link.Predicate.FOLLOW, links);
      case RecordType.BLOCK -> person(record.text("subject"), Link.Predicate.BLOCK, links);
      case RecordType.RSVP -> ref(record.fields("subject"), Link.Predicate.ATTEND, links);
      case RecordType.LIST_ITEM -> at(record.text("list"), Link.Predicate.LIST, links);
      case RecordType.THREADGATE -> at(record.text("post"), Link.Predicate.GATE, links);
      default -> {} // what other lexicons do, the pivot has no word for
    }
    return links;
  }

  private static void post(DagFields record, List<Link> links) {
    ref(
        record.fields("reply").flatMap(reply -> reply.fields("parent")),
        Link.Predicate.REPLY,
        links);
    ref(quoted(record), Link.Predicate.QUOTE, links);
    for (DagValue facet : record.items("facets")) {
      if (facet instanceof DagFields fields) {
        for (DagValue feature : fields.items("features")) {
          feature
              .asFields()
              .filter(f -> f.type().filter(RecordType.MENTION::equals).isPresent())
              .ifPresent(f -> person(f.text("did"), Link.Predicate.MENTION, links));
        }
      }
    }
  }

  /** Returns the strong reference to the post that a post quotes. */
  static Optional<DagFields> quoted(DagFields record) {
    Optional<DagFields> embed = record.fields("embed");
    return switch (embed.flatMap(DagFields::type).orElse("")) {
      case RecordType.RECORD -> embed.flatMap(e -> e.fields("record"));
      case RecordType.RECORD_WITH_MEDIA ->
          embed.flatMap(e -> e.fields("record")).flatMap(r -> r.fields("record"));
      default -> Optional.empty();
    };
  }

  private static void ref(
      Optional<DagFields> strongRef, Link.Predicate predicate, List<Link> links) {
    at(strongRef.flatMap(ref -> ref.text("uri")), predicate, links);
  }

  private static void at(Optional<String> at, Link.Predicate predicate, List<Link> links) {
    at.filter(AtUri::isValid).ifPresent(uri -> links.add(new Link(predicate, uri)));
  }

  private static void person(Optional<String> did, Link.Predicate predicate, List<Link> links) {
    did.filter(Did::isValid).ifPresent(who -> links.add(new Link(predicate, who)));
  }
}
