package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import tripod.activitypub.vocab.As2Codec;
import tripod.activitypub.vocab.As2View;
import tripod.activitypub.vocab.ReplyPolicy;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.rdf.AtdGraph;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Draft;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Naming;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/**
 * Translates one input into the forms of all doors, with the codecs that the doors run.
 *
 * <p>An input is a JSON object with a {@code form}: {@code atproto-record}, {@code as2-object},
 * {@code as2-activity}, {@code turtle}, {@code n3-patch}, {@code list}, {@code mute}, {@code
 * at-uris} or {@code resource}. The answer has the members {@code atproto}, {@code activitypub},
 * {@code rdf} and {@code losses}; an absent view says why. Not safe between threads.
 */
public final class TranslateRun {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final PodNames names;
  private final NameBook book;
  private final DagCborCodec records;
  private final As2Codec objects;
  private final As2View view;
  private final RdfCodec documents;

  /** Makes a translation among the people of a context. */
  public TranslateRun(TranslateContext context) {
    this.names = context.owner();
    this.book = context.book().withOwn(names);
    this.records = new DagCborCodec(context.book());
    this.objects = new As2Codec(context.book());
    this.view = new As2View(context.book());
    this.documents = new RdfCodec(context.book());
  }

  /**
   * Translates one input.
   *
   * @throws PodFailure when the input breaks its own form, or is of a form that has no translation
   */
  public ObjectNode run(JsonNode input) {
    try {
      return translated(input);
    } catch (SyntaxException | NoSuchElementException e) {
      throw new PodFailure.Invalid("cannot be translated: " + e.getMessage(), e);
    }
  }

  private ObjectNode translated(JsonNode input) {
    String form = input.path("form").asText();
    return switch (form) {
      case "atproto-record" -> fromRecord(input);
      case "as2-object" -> fromObject(input, object(input, "object"));
      case "as2-activity" -> fromActivity(input, object(input, "activity"));
      case "turtle" -> solid().turtle(input);
      case "n3-patch" -> solid().patch(input);
      case "list" -> new PrivateAnswers(names, records, view).list(input);
      case "mute" -> new PrivateAnswers(names, records, view).mute(input);
      case "atproto-delete" -> new PlainAnswers(names).deleted(input);
      case "files" -> PlainAnswers.files(input);
      case "at-uris" -> PlainAnswers.spellings(input);
      case "resource" -> new PlainAnswers(names).resource(input);
      default -> throw new PodFailure.Invalid("no translation of the form \"" + form + "\"");
    };
  }

  private SolidAnswers solid() {
    return new SolidAnswers(this, names, records, view, documents);
  }

  private static ObjectNode object(JsonNode input, String name) {
    if (input.get(name) instanceof ObjectNode object) {
      return object;
    }
    throw new PodFailure.Invalid("expected an object in \"" + name + "\"");
  }

  private ObjectNode fromRecord(JsonNode input) {
    AtUri uri = AtUri.parse(input.path("uri").asText());
    PodPath path =
        SocialPaths.path(uri, names)
            .orElseThrow(() -> new PodFailure.Invalid("not a record of the pod: " + uri));
    DagFields record = RecordTree.read(input.path("record"));
    Content.Document document = block(record);
    Resource resource = Draft.of(path, document);
    Social social = records.read(resource, names).orElseThrow();
    ObjectNode answer = NODES.objectNode();
    answer.set("atproto", record(uri, record));
    answer.set("activitypub", shown(social, resource));
    String id = names.iri(path.value());
    ObjectNode rdf = NODES.objectNode();
    rdf.put("graph", id);
    records.graph(resource, names).ifPresent(graph -> shared(rdf, graph));
    rdf.put("nativeGraph", id + ".atproto");
    ArrayNode lines = rdf.putArray("native");
    NTriplesLines.of(AtdGraph.of(record, id + ".atproto")).forEach(lines::add);
    answer.set("rdf", rdf);
    answer.set("losses", Losses.fromRecord(social, record));
    return answer;
  }

  private ObjectNode shown(Social social, Resource resource) {
    if (social instanceof Social.ThreadGate gate) {
      return gated(gate);
    }
    if (social.audience() == Audience.OWNER) {
      return absent("author visibility"); // ART-3
    }
    return view.render(social, resource, names)
        .map(object -> in(isAct(social) ? "activity" : "object", object))
        .orElseGet(
            () ->
                absent(
                    social instanceof Social.Unknown
                        ? "no social mapping for this lexicon; kept as data"
                        : "subject has no ActivityPub name"));
  }

  /** GAT-1: a record of its own is a member of the post's object. */
  private ObjectNode gated(Social.ThreadGate gate) {
    Optional<String> post = Naming.complete(gate.post(), book).iri();
    if (post.isEmpty()) {
      return absent("post has no ActivityPub name");
    }
    ObjectNode patch = in("interactionPolicy", ReplyPolicy.of(gate, List.of(), names));
    return patch.put("patchOf", post.get());
  }

  static boolean isAct(Social social) {
    return social instanceof Social.Like
        || social instanceof Social.Repost
        || social instanceof Social.Follow
        || social instanceof Social.Block
        || social instanceof Social.Rsvp;
  }

  private ObjectNode fromActivity(JsonNode input, ObjectNode activity) {
    String type = activity.path("type").asText();
    if (type.equals("Create") && activity.get("object") instanceof ObjectNode object) {
      return fromObject(input, object);
    }
    if (type.equals("Update") && activity.get("object") instanceof ObjectNode object) {
      return fromUpdate(input, object);
    }
    PodPath path = container(type).member(rkey(input));
    ObjectNode act = activity.deepCopy();
    act.put("id", names.iri(path.value()));
    return answer(act, path, "activity");
  }

  private static PodPath container(String type) {
    return switch (type) {
      case "Like", "EmojiReact" -> SocialPaths.LIKES;
      case "Announce" -> SocialPaths.ANNOUNCES;
      case "Follow" -> SocialPaths.FOLLOWS;
      case "Block" -> SocialPaths.BLOCKS;
      case "Join", "TentativeAccept", "Leave" -> SocialPaths.RSVPS;
      default -> throw new PodFailure.Invalid("no translation of the activity " + type);
    };
  }

  private static PodPath home(ObjectNode object) {
    return switch (object.path("type").asText()) {
      case "Article" -> SocialPaths.ARTICLES;
      case "Event" -> SocialPaths.EVENTS;
      case "Collection", "OrderedCollection" -> SocialPaths.LISTS;
      default -> SocialPaths.POSTS;
    };
  }

  static String rkey(JsonNode input) {
    return input.path("mint").path("rkey").asText(TranslateInput.RKEY);
  }

  private ObjectNode fromObject(JsonNode input, ObjectNode object) {
    if (object.path("id").asText().equals(names.actor().value())) {
      return answer(object, SocialPaths.CARD, "object");
    }
    PodPath path =
        SocialPaths.path(object.path("id").asText(), names)
            .orElseGet(() -> home(object).member(rkey(input)));
    ObjectNode stored = object.deepCopy();
    stored.put("id", names.iri(path.value()));
    return answer(stored, path, "object");
  }

  private ObjectNode answer(ObjectNode object, PodPath path, String member) {
    Resource resource = Draft.of(path, As2Codec.document(object));
    Optional<Social> social = objects.read(resource, names);
    ObjectNode answer = NODES.objectNode();
    answer.set("atproto", record(social, path));
    answer.set("activitypub", in(member, object));
    ObjectNode rdf = NODES.objectNode();
    rdf.put("graph", names.iri(path.value()));
    if (path.equals(SocialPaths.CARD)) {
      social.ifPresent(
          profile ->
              documents
                  .write(profile, path, Optional.empty(), names)
                  .ifPresent(
                      card ->
                          shared(
                              rdf,
                              documents
                                  .graph(Draft.of(path, card.document()), names)
                                  .orElseThrow())));
    } else {
      objects.graph(resource, names).ifPresent(graph -> shared(rdf, graph));
    }
    answer.set("rdf", rdf);
    answer.set("losses", Losses.toRecord(social, answer.path("atproto").has("record")));
    return answer;
  }

  /** An edit, through the ActivityPub door, of a post that began as a record. */
  private ObjectNode fromUpdate(JsonNode input, ObjectNode update) {
    PodPath path =
        SocialPaths.path(update.path("id").asText(), names)
            .orElseThrow(() -> new PodFailure.Invalid("not an object of the pod"));
    DagFields existing = RecordTree.read(input.path("existingRecord"));
    Content.Document before = block(existing);
    Resource resource = Draft.of(path, before);
    ObjectNode shown =
        view.render(records.read(resource, names).orElseThrow(), resource, names).orElseThrow();
    ObjectNode merged = As2Codec.merge(shown, update);
    Social next = objects.read(merged, path, names).orElseThrow();
    if (!records.says(next, names)) {
      return answer(merged, path, "object");
    }
    SocialCodec.Written written =
        records.write(next, path, Optional.of(before), names).orElseThrow();
    Content.Document after = written.document();
    AtUri uri = SocialPaths.atUri(path, names).orElseThrow();
    ObjectNode record = record(uri, DagCbor.decodeFields(after.bytes()));
    record.put("op", "update").put("prev", Cid.ofDagCbor(before.bytes()).toString());
    Resource edited = Draft.of(path, after);
    ObjectNode object =
        view.render(records.read(edited, names).orElseThrow(), edited, names).orElseThrow();
    object.put("updated", input.path("at").asText(object.path("published").asText()));
    ObjectNode answer = NODES.objectNode();
    answer.set("atproto", record);
    answer.set("activitypub", in("activity", activity("Update", object, names)));
    ObjectNode rdf = NODES.objectNode();
    rdf.put("graph", names.iri(path.value()));
    records.graph(edited, names).ifPresent(graph -> shared(rdf, graph));
    rdf.putArray("versions")
        .add(Cid.ofDagCbor(before.bytes()).toString())
        .add(Cid.ofDagCbor(after.bytes()).toString());
    answer.set("rdf", rdf);
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  static ObjectNode activity(String type, ObjectNode object, PodNames names) {
    ObjectNode activity = NODES.objectNode();
    activity.put("type", type).put("actor", names.actor().value());
    activity.set("object", object);
    return activity;
  }

  ObjectNode record(Optional<Social> social, PodPath path) {
    if (social.isEmpty()) {
      return absent("no social resource");
    }
    DagCborCodec.Records all =
        records.writeAll(social.get(), path, Optional.empty(), names, name -> true);
    if (all.own().isEmpty()) {
      return absent(Absence.reason(social.get(), book));
    }
    ObjectNode own =
        record(
            SocialPaths.atUri(path, names).orElseThrow(),
            DagCbor.decodeFields(all.own().get().document().bytes()));
    if (!all.beside().isEmpty()) {
      ArrayNode list = own.putArray("records");
      list.add(own.deepCopy().without("records"));
      all.beside()
          .forEach(
              (name, document) ->
                  list.add(record(name.uri(names.did()), DagCbor.decodeFields(document.bytes()))));
    }
    return own;
  }

  static ObjectNode record(AtUri uri, DagFields record) {
    byte[] block = DagCbor.encode(record);
    ObjectNode answer = NODES.objectNode().put("uri", uri.toString());
    answer.set("record", RecordTree.write(record));
    return answer
        .put("dagCborBase64", Base64.getEncoder().encodeToString(block))
        .put("cid", Cid.ofDagCbor(block).toString());
  }

  static ObjectNode in(String member, ObjectNode value) {
    ObjectNode object = NODES.objectNode();
    object.set(member, value);
    return object;
  }

  static ObjectNode absent(String reason) {
    return NODES.objectNode().put("absent", true).put("reason", reason);
  }

  static void shared(ObjectNode rdf, Graph graph) {
    rdf.put("shared", String.join("\n", NTriplesLines.of(graph)) + "\n");
  }

  static Content.Document block(DagFields record) {
    return new Content.Document(MediaType.DAG_CBOR, DagCbor.encode(record));
  }
}
