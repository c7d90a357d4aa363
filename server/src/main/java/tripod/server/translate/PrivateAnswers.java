package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import tripod.activitypub.vocab.As2View;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.rdf.Graphs;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Mutes;
import tripod.podstore.social.Person;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/**
 * Answers about what begins as its owner's alone: lists of people, which may be published, and
 * mutes, which may not.
 */
record PrivateAnswers(PodNames names, DagCborCodec records, As2View view) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** LST-1: who has no name on a network is left out there, and the owner is told who that is. */
  ObjectNode list(JsonNode input) {
    List<Person> members = new ArrayList<>();
    for (JsonNode member : input.path("members")) {
      members.add(
          new Person(text(member, "did").map(Did::new), text(member, "actor").map(ActorIri::new)));
    }
    String rkey = input.path("mint").path("rkey").asText(TranslateInput.RKEY);
    PodPath path = SocialPaths.LISTS.member(rkey);
    String title = input.path("title").asText();
    ObjectNode answer = NODES.objectNode();
    Address nobody = new Address(Audience.OWNER, List.of(), List.of());
    answer.set(
        "beforePublish",
        TranslateRun.in("atproto", atproto(list(title, members, nobody, rkey), path)));
    if (input.path("then").asText().equals("publish")) {
      Social.PeopleList open = list(title, members, Address.PUBLIC, rkey);
      ObjectNode after = TranslateRun.in("atproto", atproto(open, path));
      after.set("activitypub", TranslateRun.in("collection", collection(open, path)));
      answer.set("afterPublish", after);
    }
    return answer;
  }

  private static Social.PeopleList list(
      String title, List<Person> members, Address address, String rkey) {
    return new Social.PeopleList(
        title, Optional.empty(), members, Datetime.of(new Tid(rkey).instant()), address);
  }

  private ObjectNode atproto(Social.PeopleList list, PodPath path) {
    DagCborCodec.Records all = records.writeAll(list, path, Optional.empty(), names, name -> true);
    if (all.own().isEmpty()) {
      return TranslateRun.absent("private list");
    }
    ObjectNode answer = NODES.objectNode();
    answer.set("list", RecordTree.write(DagCbor.decodeFields(all.own().get().document().bytes())));
    ArrayNode items = answer.putArray("items");
    List<String> taken = new ArrayList<>();
    all.beside()
        .values()
        .forEach(
            item -> taken.add(DagCbor.decodeFields(item.bytes()).text("subject").orElseThrow()));
    taken.forEach(items::add);
    ArrayNode leftOut = answer.putArray("leftOut");
    for (Person member : list.members()) {
      if (member.did().filter(did -> taken.contains(did.value())).isEmpty()) {
        leftOut.add(name(member));
      }
    }
    return answer;
  }

  private ObjectNode collection(Social.PeopleList list, PodPath path) {
    ObjectNode shown =
        view.render(list, Draft.of(path, Mutes.document(List.of(), names)), names).orElseThrow();
    List<String> items = new ArrayList<>();
    shown.path("items").forEach(item -> items.add(item.asText()));
    ArrayNode leftOut = shown.putArray("leftOut");
    for (Person member : list.members()) {
      if (member.actor().filter(actor -> items.contains(actor.value())).isEmpty()) {
        leftOut.add(name(member));
      }
    }
    return shown;
  }

  private static String name(Person person) {
    return person.did().map(Did::value).or(() -> person.actor().map(ActorIri::value)).orElseThrow();
  }

  /** MUT-1: neither a record nor an activity, and nothing that anybody else may read. */
  ObjectNode mute(JsonNode input) {
    Instant now = new Tid(TranslateInput.RKEY).instant();
    JsonNode seconds = input.path("durationSeconds");
    Mutes.Mute mute =
        new Mutes.Mute(
            new ActorIri(input.path("target").asText()).value(),
            seconds.isIntegralNumber()
                ? Optional.of(now.plusSeconds(seconds.longValue()))
                : Optional.empty());
    ObjectNode answer = NODES.objectNode();
    answer.set("atproto", TranslateRun.absent("mutes are not records"));
    answer.set("activitypub", TranslateRun.absent("no activity"));
    ObjectNode rdf = NODES.objectNode().put("graph", names.iri(Mutes.PATH.value()));
    rdf.put("acl", "owner only");
    Graph kept = Graphs.read(Mutes.document(List.of(mute), names), names.iri(Mutes.PATH.value()));
    rdf.put("shared", String.join("\n", NTriplesLines.of(kept)) + "\n");
    answer.set("rdf", rdf);
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  private static Optional<String> text(JsonNode node, String name) {
    return node.path(name).isTextual() ? Optional.of(node.get(name).textValue()) : Optional.empty();
  }
}
