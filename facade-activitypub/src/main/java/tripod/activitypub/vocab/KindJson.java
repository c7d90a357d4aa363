package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tripod.podstore.Resource;
import tripod.podstore.social.Address;
import tripod.podstore.social.AddressView;
import tripod.podstore.social.Audience;
import tripod.podstore.social.EventStatus;
import tripod.podstore.social.LongText;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.Person;
import tripod.podstore.social.Place;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.podstore.social.TextHtml;
import tripod.podstore.social.Times;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.PodNames;

/** Articles, events and lists of people as ActivityStreams JSON (mapping 7.5 to 7.7). */
final class KindJson {
  private static final String STATUS = "ical:status";

  private KindJson() {}

  // Toward the pivot.

  static Social.Article article(
      ObjectNode object,
      Address address,
      Function<String, Optional<Datetime>> time,
      Datetime born) {
    Optional<String> html = As2Json.text(object, "content");
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : As2Json.each(object, "tag")) {
      if (As2Json.type(tag).equals("Hashtag")) {
        As2Json.text(tag, "name")
            .map(name -> name.startsWith("#") ? name.substring(1) : name)
            .ifPresent(tags::add);
      }
    }
    return new Social.Article(
        As2Json.text(object, "name").orElse(""),
        As2Json.text(object, "summary").map(LongText::plain),
        html.map(LongText::plain).orElse(""),
        html,
        Optional.empty(),
        born,
        time.apply("updated"),
        tags,
        address);
  }

  static Social.Event event(
      ObjectNode object,
      Address address,
      Function<String, Optional<Datetime>> time,
      Datetime born) {
    Optional<String> html = As2Json.text(object, "content");
    return new Social.Event(
        As2Json.text(object, "name").orElse(""),
        html.map(LongText::plain),
        html,
        time.apply("startTime"),
        time.apply("endTime"),
        As2Json.text(object, STATUS).map(EventStatus::token),
        Optional.empty(),
        places(object),
        links(object),
        born,
        address);
  }

  private static List<Place> places(ObjectNode object) {
    List<Place> places = new ArrayList<>();
    for (JsonNode location : As2Json.each(object, "location")) {
      place(location).ifPresent(places::add);
    }
    return places;
  }

  private static Optional<Place> place(JsonNode location) {
    if (!location.isObject()) {
      return Optional.empty(); // an address of something that is described elsewhere
    }
    Optional<String> name = As2Json.text(location, "name");
    if (As2Json.type(location).equals("VirtualLocation")) {
      return As2Json.reference(location, "url").map(url -> Place.online(url, name));
    }
    JsonNode address = location.path("address");
    return Optional.of(
        new Place(
            name,
            address.isTextual()
                ? Optional.of(address.textValue())
                : As2Json.text(address, "streetAddress"),
            As2Json.text(address, "addressLocality"),
            As2Json.text(address, "addressRegion"),
            As2Json.text(address, "postalCode"),
            As2Json.text(address, "addressCountry").filter(code -> code.matches("[A-Z]{2}")),
            degrees(location, "latitude"),
            degrees(location, "longitude"),
            Optional.empty()));
  }

  private static Optional<String> degrees(JsonNode location, String name) {
    JsonNode value = location.path(name);
    return value.isNumber() ? Optional.of(value.asText()) : Optional.empty();
  }

  private static List<String> links(ObjectNode object) {
    String id = As2Json.text(object, "id").orElse("");
    return As2Json.references(object, "url").stream()
        .filter(TextHtml::isWeb)
        .filter(link -> !link.equals(id))
        .toList();
  }

  static Social.PeopleList list(ObjectNode object, Address address, Datetime born) {
    List<Person> members = new ArrayList<>();
    for (String member : List.of("items", "orderedItems")) {
      As2Json.references(object, member).forEach(iri -> person(iri).ifPresent(members::add));
    }
    return new Social.PeopleList(
        As2Json.text(object, "name").orElse(""),
        As2Json.text(object, "summary").map(LongText::plain),
        members,
        born,
        address);
  }

  private static Optional<Person> person(String iri) {
    if (Did.isValid(iri)) {
      return Optional.of(new Person(Optional.of(new Did(iri)), Optional.empty()));
    }
    return ActorIri.isValid(iri)
        ? Optional.of(new Person(Optional.empty(), Optional.of(new ActorIri(iri))))
        : Optional.empty();
  }

  // From the pivot.

  static ObjectNode write(Social.Article article, Resource resource, PodNames names) {
    ObjectNode object = head("Article", article.address(), resource, names);
    object.put("name", article.title());
    article.description().ifPresent(about -> object.put("summary", LongText.html(about)));
    object.put("content", article.html().orElseGet(() -> LongText.html(article.text())));
    published(object, article.published(), resource);
    article
        .updated()
        .filter(Datetime::hasInstant)
        .ifPresent(time -> object.put("updated", Times.shown(time.instant())));
    ArrayNode url = object.putArray("url");
    url.addObject()
        .put("type", "Link")
        .put("mediaType", "text/html")
        .put("href", article.page().orElseGet(() -> names.iri(resource.path().value())));
    alternate(url, article, resource, names);
    tags(object, article.tags(), names);
    return object;
  }

  private static void tags(ObjectNode object, List<String> tags, PodNames names) {
    if (tags.isEmpty()) {
      return;
    }
    ArrayNode list = object.putArray("tag");
    TextHtml pages = new TextHtml(NameBook.EMPTY, NoteView.tagBase(names));
    for (String tag : tags) {
      list.addObject()
          .put("type", "Hashtag")
          .put("href", pages.tagPage(tag))
          .put("name", "#" + tag);
    }
  }

  static ObjectNode write(Social.Event event, Resource resource, PodNames names) {
    ObjectNode object = head("Event", event.address(), resource, names);
    object.put("name", event.name());
    event
        .html()
        .or(() -> event.description().map(LongText::html))
        .ifPresent(html -> object.put("content", html));
    published(object, event.published(), resource);
    event.starts().ifPresent(time -> object.put("startTime", Times.moment(time)));
    event.ends().ifPresent(time -> object.put("endTime", Times.moment(time)));
    event.status().ifPresent(token -> object.put(STATUS, EventStatus.ical(token)));
    if (!event.places().isEmpty()) {
      ArrayNode locations = object.putArray("location");
      event.places().forEach(place -> place(locations.addObject(), place));
    }
    ArrayNode url = object.putArray("url");
    url.addObject()
        .put("type", "Link")
        .put("mediaType", "text/html")
        .put("href", names.iri(resource.path().value()));
    alternate(url, event, resource, names);
    event.links().forEach(url::add);
    return object;
  }

  private static void place(ObjectNode node, Place place) {
    node.put("type", place.isOnline() ? "VirtualLocation" : "Place");
    place.name().ifPresent(name -> node.put("name", name));
    place.uri().ifPresent(uri -> node.put("url", uri));
    if (place.hasAddress()) {
      ObjectNode address = node.putObject("address");
      address.put("type", "PostalAddress");
      place.street().ifPresent(street -> address.put("streetAddress", street));
      place.locality().ifPresent(town -> address.put("addressLocality", town));
      place.region().ifPresent(region -> address.put("addressRegion", region));
      place.postalCode().ifPresent(code -> address.put("postalCode", code));
      place.country().ifPresent(country -> address.put("addressCountry", country));
    }
    place.latitude().flatMap(KindJson::number).ifPresent(n -> node.put("latitude", n));
    place.longitude().flatMap(KindJson::number).ifPresent(n -> node.put("longitude", n));
  }

  private static Optional<BigDecimal> number(String degrees) {
    return degrees.matches("-?[0-9]{1,3}(\\.[0-9]{1,20})?")
        ? Optional.of(new BigDecimal(degrees))
        : Optional.empty();
  }

  /** Writes a list with those members who have an actor; of the others this network knows none. */
  static ObjectNode write(Social.PeopleList list, Resource resource, PodNames names) {
    ObjectNode object = head("Collection", list.address(), resource, names);
    object.put("name", list.name());
    list.description().ifPresent(about -> object.put("summary", LongText.html(about)));
    published(object, list.published(), resource);
    ArrayNode items = As2Json.MAPPER.createArrayNode();
    list.members().stream()
        .flatMap(member -> member.actor().stream())
        .map(ActorIri::value)
        .forEach(items::add);
    object.put("totalItems", items.size());
    object.set("items", items);
    return object;
  }

  private static ObjectNode head(String type, Address address, Resource resource, PodNames names) {
    ObjectNode object = As2Json.MAPPER.createObjectNode();
    object.put("id", names.iri(resource.path().value()));
    object.put("type", type);
    object.put("attributedTo", names.actor().value());
    AddressView view = AddressView.of(address, names);
    As2View.list(object, "to", view.to());
    As2View.list(object, "cc", view.cc());
    return object;
  }

  private static void published(ObjectNode object, Datetime said, Resource resource) {
    object.put("published", As2View.shown(said, resource));
  }

  private static void alternate(ArrayNode url, Social said, Resource resource, PodNames names) {
    if (said.audience() == Audience.PUBLIC) {
      SocialPaths.recordIn(resource)
          .ifPresent(
              name ->
                  url.addObject()
                      .put("type", "Link")
                      .put("rel", "alternate")
                      .put("href", name.uri(names.did()).toString()));
    }
  }
}
