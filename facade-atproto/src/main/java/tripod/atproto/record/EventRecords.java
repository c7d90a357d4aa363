package tripod.atproto.record;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Address;
import tripod.podstore.social.Place;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Social;
import tripod.podstore.social.TextHtml;
import tripod.syntax.Datetime;

/** Events and the answers to them as records (mapping 7.7, EVT-1 to EVT-3). */
final class EventRecords {
  private static final String TOKEN = RecordType.EVENT + "#";
  private static final String ANSWER = RecordType.RSVP + "#";
  private static final String ADDRESS = "community.lexicon.location.address";
  private static final String POINT = "community.lexicon.location.geo";
  private static final String ONLINE = RecordType.EVENT + "#uri";

  /** The code that stands for no country, which the lexicon of addresses cannot leave out. */
  private static final String NO_COUNTRY = "XX";

  private EventRecords() {}

  static Social.Event event(DagFields record, Datetime created) {
    return new Social.Event(
        record.text("name").orElse(""),
        record.text("description"),
        Optional.empty(),
        time(record, "startsAt"),
        time(record, "endsAt"),
        token(record, "status"),
        token(record, "mode"),
        places(record),
        links(record),
        created,
        Address.PUBLIC);
  }

  private static Optional<Datetime> time(DagFields record, String key) {
    return record.text(key).filter(Datetime::isValid).map(Datetime::new);
  }

  private static Optional<String> token(DagFields record, String key) {
    return record
        .text(key)
        .map(token -> token.startsWith(TOKEN) ? token.substring(TOKEN.length()) : token);
  }

  private static List<Place> places(DagFields record) {
    List<Place> places = new ArrayList<>();
    for (DagValue value : record.items("locations")) {
      value.asFields().flatMap(EventRecords::place).ifPresent(places::add);
    }
    return places;
  }

  private static Optional<Place> place(DagFields place) {
    Optional<String> name = place.text("name");
    return switch (place.type().orElse("")) {
      case ONLINE -> place.text("uri").map(uri -> Place.online(uri, name));
      case ADDRESS, POINT ->
          Optional.of(
              new Place(
                  name,
                  place.text("street"),
                  place.text("locality"),
                  place.text("region"),
                  place.text("postalCode"),
                  place.text("country").filter(country -> !country.equals(NO_COUNTRY)),
                  place.text("latitude"),
                  place.text("longitude"),
                  Optional.empty()));
      default -> name.map(Place::named); // cells and venues of services stay in the record
    };
  }

  private static List<String> links(DagFields record) {
    return record.items("uris").stream()
        .flatMap(value -> value.asFields().stream())
        .flatMap(link -> link.text("uri").stream())
        .filter(TextHtml::isWeb)
        .toList();
  }

  static DagFields write(Social.Event event) {
    DagFields.Builder record =
        DagFields.builder()
            .put("$type", RecordType.EVENT)
            .put("name", event.name())
            .putIf("description", event.description().map(DagValue::of))
            .put("createdAt", RecordWriting.time(event.published()))
            .putIf("startsAt", event.starts().map(EventRecords::moment).map(DagValue::of))
            .putIf("endsAt", event.ends().map(EventRecords::moment).map(DagValue::of))
            .putIf("status", event.status().map(EventRecords::full).map(DagValue::of))
            .putIf("mode", mode(event).map(EventRecords::full).map(DagValue::of));
    RecordWriting.putList(
        record, "locations", event.places().stream().map(EventRecords::place).toList());
    RecordWriting.putList(
        record,
        "uris",
        event.links().stream().map(link -> DagFields.of("uri", DagValue.of(link))).toList());
    return record.build();
  }

  /** An offset is part of what was said: a market at nine is at nine where it is. */
  private static String moment(Datetime time) {
    return time.value().endsWith("Z") ? RecordWriting.time(time) : time.value();
  }

  private static String full(String token) {
    return token.contains("#") ? token : TOKEN + token;
  }

  private static Optional<String> mode(Social.Event event) {
    if (event.mode().isPresent() || event.places().stream().noneMatch(Place::isOnline)) {
      return event.mode();
    }
    return Optional.of(event.places().stream().allMatch(Place::isOnline) ? "virtual" : "hybrid");
  }

  private static DagFields place(Place place) {
    if (place.isOnline()) {
      return DagFields.builder()
          .put("$type", ONLINE)
          .put("uri", place.uri().orElseThrow())
          .putIf("name", place.name().map(DagValue::of))
          .build();
    }
    if (place.latitude().isPresent() && place.longitude().isPresent() && !place.hasAddress()) {
      return DagFields.builder()
          .put("$type", POINT)
          .put("latitude", place.latitude().get())
          .put("longitude", place.longitude().get())
          .putIf("name", place.name().map(DagValue::of))
          .build();
    }
    return DagFields.builder()
        .put("$type", ADDRESS)
        .put("country", place.country().orElse(NO_COUNTRY))
        .putIf("name", place.name().map(DagValue::of))
        .putIf("street", place.street().map(DagValue::of))
        .putIf("locality", place.locality().map(DagValue::of))
        .putIf("region", place.region().map(DagValue::of))
        .putIf("postalCode", place.postalCode().map(DagValue::of))
        .build();
  }

  /** Reads an answer; one that is none of the three is none. */
  static Optional<Social.Answer> answer(DagFields record) {
    return switch (record.text("status").orElse("").replaceFirst(".*#", "")) {
      case "going" -> Optional.of(Social.Answer.GOING);
      case "interested" -> Optional.of(Social.Answer.INTERESTED);
      case "notgoing" -> Optional.of(Social.Answer.NOT_GOING);
      default -> Optional.empty();
    };
  }

  static Optional<DagFields> write(Social.Rsvp rsvp) {
    Ref subject = rsvp.subject();
    String answer =
        switch (rsvp.answer()) {
          case GOING -> "going";
          case INTERESTED -> "interested";
          case NOT_GOING -> "notgoing";
        };
    return Embeds.strongRef(subject)
        .map(
            ref ->
                DagFields.builder()
                    .put("$type", RecordType.RSVP)
                    .put("subject", ref)
                    .put("status", ANSWER + answer)
                    .build());
  }
}
