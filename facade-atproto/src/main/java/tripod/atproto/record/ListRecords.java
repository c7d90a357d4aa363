package tripod.atproto.record;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Address;
import tripod.podstore.social.Graphemes;
import tripod.podstore.social.Person;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.Ref;
import tripod.podstore.social.ReplyRule;
import tripod.podstore.social.Social;
import tripod.syntax.AtUri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/** Lists of people, who is on them, and who may answer (mapping 7.2 GAT-1, 7.5 LST-1). */
final class ListRecords {
  private static final String CURATION = "app.bsky.graph.defs#curatelist";
  private static final int NAME_GRAPHEMES_MAX = 64;
  private static final int NAME_BYTES_MAX = 64;
  private static final int ABOUT_GRAPHEMES_MAX = 300;
  private static final int ABOUT_BYTES_MAX = 3000;

  /** How far behind its list's time the name of a member may lie, in microseconds. */
  private static final int SPREAD = 1 << 20;

  private static final String RULE = RecordType.THREADGATE + "#";

  private ListRecords() {}

  /** Reads a list of people to read; one that moderates has no other form (BLK-3). */
  static Optional<Social> list(DagFields record, Datetime created) {
    return record
        .text("purpose")
        .filter(CURATION::equals)
        .map(
            purpose ->
                new Social.PeopleList(
                    record.text("name").orElse(""),
                    record.text("description"),
                    List.of(),
                    created,
                    Address.PUBLIC));
  }

  static Optional<Social> member(DagFields record, Optional<Person> subject, Datetime created) {
    return record
        .text("list")
        .filter(AtUri::isValid)
        .map(AtUri::parse)
        .flatMap(
            list ->
                subject.map(
                    who ->
                        new Social.ListMember(
                            new Ref(Optional.of(list), Optional.empty(), Optional.empty()),
                            who,
                            created)));
  }

  static DagFields write(Social.PeopleList list) {
    return DagFields.builder()
        .put("$type", RecordType.LIST)
        .put("purpose", CURATION)
        .put("name", Graphemes.cutName(name(list), NAME_GRAPHEMES_MAX, NAME_BYTES_MAX))
        .putIf(
            "description",
            list.description()
                .map(text -> Graphemes.cut(text, ABOUT_GRAPHEMES_MAX, ABOUT_BYTES_MAX))
                .map(DagValue::of))
        .put("createdAt", RecordWriting.time(list.published()))
        .build();
  }

  private static String name(Social.PeopleList list) {
    return list.name().isBlank() ? "List" : list.name();
  }

  /**
   * Returns a record for each member who has a DID; the others are left out (LST-1).
   *
   * @param at the list's own name
   */
  static Map<RecordName, DagFields> items(Social.PeopleList list, AtUri at) {
    Map<RecordName, DagFields> items = new LinkedHashMap<>();
    for (Person member : list.members()) {
      if (member.did().isPresent()) {
        Did did = member.did().get();
        items.put(
            new RecordName(new Nsid(RecordType.LIST_ITEM), key(at, did)),
            item(did, at, list.published()));
      }
    }
    return items;
  }

  private static DagFields item(Did did, AtUri list, Datetime created) {
    return DagFields.builder()
        .put("$type", RecordType.LIST_ITEM)
        .put("subject", did.value())
        .put("list", list.toString())
        .put("createdAt", RecordWriting.time(created))
        .build();
  }

  /** The same member of the same list always has the same name, whoever else comes and goes. */
  private static RecordKey key(AtUri list, Did did) {
    Tid tid = new Tid(list.rkey().orElseThrow().value());
    ByteBuffer hash = ByteBuffer.wrap(sha256(list + " " + did));
    long later = Math.floorMod(hash.getInt(), SPREAD);
    long time = Math.min(tid.microseconds() + later, Tid.MICROSECONDS_MAX);
    return new RecordKey(Tid.of(time, hash.getShort() & Tid.CLOCK_ID_MAX).value());
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK must have SHA-256", e);
    }
  }

  /**
   * Reads who may answer: nobody where there is a list without a rule, everybody without a list.
   */
  static Optional<Social> gate(DagFields record, Datetime created) {
    return record
        .text("post")
        .filter(AtUri::isValid)
        .map(AtUri::parse)
        .map(
            post ->
                new Social.ThreadGate(
                    new Ref(Optional.of(post), Optional.empty(), Optional.empty()),
                    record.has("allow") ? Optional.of(rules(record)) : Optional.empty(),
                    created));
  }

  private static List<ReplyRule> rules(DagFields record) {
    List<ReplyRule> rules = new ArrayList<>();
    for (DagValue value : record.items("allow")) {
      value.asFields().flatMap(ListRecords::rule).ifPresent(rules::add);
    }
    return rules;
  }

  private static Optional<ReplyRule> rule(DagFields rule) {
    return switch (rule.type().orElse("")) {
      case RULE + "mentionRule" -> Optional.of(new ReplyRule.Mentioned());
      case RULE + "followerRule" -> Optional.of(new ReplyRule.Followers());
      case RULE + "followingRule" -> Optional.of(new ReplyRule.Followed());
      case RULE + "listRule" ->
          rule.text("list")
              .filter(AtUri::isValid)
              .map(list -> new ReplyRule.Listed(AtUri.parse(list)));
      default -> Optional.empty(); // an unknown rule lets nobody in
    };
  }

  static Optional<DagFields> write(Social.ThreadGate gate) {
    return gate.post()
        .at()
        .map(
            post ->
                DagFields.builder()
                    .put("$type", RecordType.THREADGATE)
                    .put("post", post.toString())
                    .putIf(
                        "allow",
                        gate.allow()
                            .map(
                                rules ->
                                    DagValue.of(rules.stream().map(ListRecords::rule).toList())))
                    .put("createdAt", RecordWriting.time(gate.published()))
                    .build());
  }

  private static DagFields rule(ReplyRule rule) {
    DagFields.Builder fields = DagFields.builder();
    return switch (rule) {
      case ReplyRule.Mentioned m -> fields.put("$type", RULE + "mentionRule").build();
      case ReplyRule.Followers f -> fields.put("$type", RULE + "followerRule").build();
      case ReplyRule.Followed f -> fields.put("$type", RULE + "followingRule").build();
      case ReplyRule.Listed l ->
          fields.put("$type", RULE + "listRule").put("list", l.list().toString()).build();
    };
  }
}
