package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tripod.activitypub.vocab.As2View;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.social.Address;
import tripod.podstore.social.Draft;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.Rebase;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Translates what comes through the Solid door: documents, and patches of the person's card.
 *
 * @param run makes the records
 */
record SolidAnswers(
    TranslateRun run, PodNames names, DagCborCodec records, As2View view, RdfCodec documents) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  ObjectNode turtle(JsonNode input) {
    String target =
        input.has("target")
            ? input.get("target").asText()
            : input.path("container").asText() + TranslateRun.rkey(input);
    PodPath path =
        names
            .path(target)
            .map(PodPath::new)
            .orElseThrow(() -> new PodFailure.Invalid("not in the pod: " + target));
    Content.Document document = document(input.path("body").asText());
    ObjectNode answer = NODES.objectNode();
    ObjectNode rdf = NODES.objectNode().put("graph", target);
    boolean explicit = input.path("publish").asBoolean(false) && !SocialPaths.isSocial(path);
    Optional<Social> social =
        SocialPaths.isSocial(path)
            ? documents.read(Draft.of(path, document), names)
            : explicit ? published(Draft.of(path, document)) : Optional.empty();
    documents
        .graph(Draft.of(path, document), names)
        .ifPresent(graph -> TranslateRun.shared(rdf, graph));
    boolean open = input.path("acl").asText("public read").contains("public read");
    boolean publish = input.path("publish").asBoolean(true);
    if (social.isEmpty() || !open || !publish) {
      String reason =
          !SocialPaths.isSocial(path) && social.isEmpty()
              ? "outside the social containers"
              : social.isEmpty() ? "no social resource" : "not published";
      rdf.put("unchanged", true);
      answer.set("atproto", TranslateRun.absent(reason));
      answer.set("activitypub", TranslateRun.absent(reason));
    } else {
      answer.set(
          "atproto",
          run.record(
              social, explicit ? SocialPaths.EVENTS.member(TranslateRun.rkey(input)) : path));
      answer.set(
          "activitypub",
          view.render(social.get(), Draft.of(path, document), names)
              .map(object -> told(social.get(), object))
              .orElseGet(() -> TranslateRun.absent("no ActivityPub name")));
    }
    answer.set("rdf", rdf);
    answer.set("losses", Losses.toRecord(social, answer.path("atproto").has("record")));
    return answer;
  }

  private ObjectNode told(Social social, ObjectNode object) {
    if (TranslateRun.isAct(social) || social instanceof Social.Profile) {
      return TranslateRun.in("activity", object);
    }
    ObjectNode told = TranslateRun.in("activity", TranslateRun.activity("Create", object, names));
    told.set("object", object);
    return told;
  }

  /** SOL-3: an event of a calendar is published when its owner says so, and to everybody. */
  private Optional<Social> published(Resource resource) {
    return documents
        .read(resource, names)
        .filter(Social.Event.class::isInstance)
        .map(
            said ->
                said instanceof Social.Event e
                    ? new Social.Event(
                        e.name(),
                        e.description(),
                        e.html(),
                        e.starts(),
                        e.ends(),
                        e.status(),
                        e.mode(),
                        e.places(),
                        e.links(),
                        e.published(),
                        Address.PUBLIC)
                    : said);
  }

  /** An edit, through the Solid door, of the card of a pod that has a profile record. */
  ObjectNode patch(JsonNode input) {
    CardPatch patch = CardPatch.of(input, names);
    Social before = documents.read(Draft.of(SocialPaths.CARD, patch.before()), names).orElseThrow();
    Social after = documents.read(Draft.of(SocialPaths.CARD, patch.after()), names).orElseThrow();
    Content.Document existing = TranslateRun.block(RecordTree.read(input.path("existingRecord")));
    Social said = records.read(Draft.of(SocialPaths.CARD, existing), names).orElseThrow();
    Social next = Rebase.apply(before, said, after);
    SocialCodec.Written written =
        records.write(next, SocialPaths.CARD, Optional.of(existing), names).orElseThrow();
    ObjectNode answer = NODES.objectNode();
    answer.set(
        "atproto",
        TranslateRun.record(
            SocialPaths.atUri(SocialPaths.CARD, names).orElseThrow(),
            DagCbor.decodeFields(written.document().bytes())));
    ObjectNode actor = NODES.objectNode().put("id", names.actor().value());
    view.profile(actor, (Social.Profile) next, names);
    answer.set(
        "activitypub", TranslateRun.in("activity", TranslateRun.activity("Update", actor, names)));
    ObjectNode rdf = NODES.objectNode().put("graph", names.iri(SocialPaths.CARD.value()));
    documents
        .graph(Draft.of(SocialPaths.CARD, patch.after()), names)
        .ifPresent(graph -> TranslateRun.shared(rdf, graph));
    answer.set("rdf", rdf);
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  private static Content.Document document(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }
}
