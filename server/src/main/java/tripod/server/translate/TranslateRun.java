package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import tripod.activitypub.vocab.As2Codec;
import tripod.activitypub.vocab.As2View;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.rdf.AtdGraph;
import tripod.podstore.social.Draft;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.Rebase;
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
 * {@code as2-activity}, {@code turtle}, {@code n3-patch}, {@code at-uris} or {@code resource}. The
 * answer has the members {@code atproto}, {@code activitypub}, {@code rdf} and {@code losses}; an
 * absent view says why. Not safe between threads.
 */
public final class TranslateRun {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String RKEY = "3m6aaaaaaaaa2";

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
      case "turtle" -> fromTurtle(input);
      case "n3-patch" -> fromPatch(input);
      case "atproto-delete" -> new PlainAnswers(names).deleted(input);
      case "files" -> PlainAnswers.files(input);
      case "at-uris" -> PlainAnswers.spellings(input);
      case "resource" -> new PlainAnswers(names).resource(input);
      default -> throw new PodFailure.Invalid("no translation of the form \"" + form + "\"");
    };
  }

  /** Returns a bare record, object or document as an input of {@link #run}. */
  public static ObjectNode input(String source, String text, JsonNode tree, PodNames names) {
    ObjectNode input = NODES.objectNode();
    switch (source) {
      case "atproto" -> {
        String type = tree.path("$type").asText();
        String rkey = type.equals("app.bsky.actor.profile") ? "self" : RKEY;
        input
            .put("form", "atproto-record")
            .put("uri", "at://" + names.did() + "/" + type + "/" + rkey);
        input.set("record", tree);
      }
      case "activitypub" -> {
        boolean act = tree.has("object");
        input.put("form", act ? "as2-activity" : "as2-object");
        input.set(act ? "activity" : "object", tree);
      }
      case "solid" ->
          input
              .put("form", "turtle")
              .put("container", names.iri(SocialPaths.POSTS.value()))
              .put("body", text)
              .put("acl", "public read")
              .put("publish", true);
      default -> throw new PodFailure.Invalid("no door is called \"" + source + "\"");
    }
    return input;
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
    answer.set(
        "activitypub",
        view.render(social, resource, names)
            .map(object -> wrapped(social, object))
            .orElseGet(
                () ->
                    absent(
                        social instanceof Social.Unknown
                            ? "no social mapping for this lexicon; kept as data"
                            : "subject has no ActivityPub name")));
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

  private static ObjectNode wrapped(Social social, ObjectNode object) {
    boolean act = !(social instanceof Social.Post) && !(social instanceof Social.Profile);
    return in(act ? "activity" : "object", object);
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
      default -> throw new PodFailure.Invalid("no translation of the activity " + type);
    };
  }

  private static String rkey(JsonNode input) {
    return input.path("mint").path("rkey").asText(RKEY);
  }

  private ObjectNode fromObject(JsonNode input, ObjectNode object) {
    if (object.path("id").asText().equals(names.actor().value())) {
      return answer(object, SocialPaths.CARD, "object");
    }
    PodPath path =
        SocialPaths.path(object.path("id").asText(), names)
            .orElseGet(() -> SocialPaths.POSTS.member(rkey(input)));
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

  private ObjectNode fromTurtle(JsonNode input) {
    String target =
        input.has("target")
            ? input.get("target").asText()
            : input.path("container").asText() + rkey(input);
    PodPath path =
        names
            .path(target)
            .map(PodPath::new)
            .orElseThrow(() -> new PodFailure.Invalid("not in the pod: " + target));
    Content.Document document = turtle(input.path("body").asText());
    ObjectNode answer = NODES.objectNode();
    ObjectNode rdf = NODES.objectNode().put("graph", target);
    Optional<Social> social =
        SocialPaths.isSocial(path)
            ? documents.read(Draft.of(path, document), names)
            : Optional.empty();
    documents.graph(Draft.of(path, document), names).ifPresent(graph -> shared(rdf, graph));
    boolean open = input.path("acl").asText("public read").contains("public read");
    boolean publish = input.path("publish").asBoolean(true);
    if (social.isEmpty() || !open || !publish) {
      String reason =
          !SocialPaths.isSocial(path)
              ? "outside the social containers"
              : social.isEmpty() ? "no social resource" : "not published";
      rdf.put("unchanged", true);
      answer.set("atproto", absent(reason));
      answer.set("activitypub", absent(reason));
    } else {
      answer.set("atproto", record(social, path));
      answer.set(
          "activitypub",
          view.render(social.get(), Draft.of(path, document), names)
              .map(
                  object ->
                      in(
                          "activity",
                          social.get() instanceof Social.Post
                              ? activity("Create", object, names)
                              : object))
              .orElseGet(() -> absent("no ActivityPub name")));
    }
    answer.set("rdf", rdf);
    answer.set("losses", Losses.toRecord(social, answer.path("atproto").has("record")));
    return answer;
  }

  /** An edit, through the Solid door, of the card of a pod that has a profile record. */
  private ObjectNode fromPatch(JsonNode input) {
    CardPatch patch = CardPatch.of(input, names);
    Social before = documents.read(Draft.of(SocialPaths.CARD, patch.before()), names).orElseThrow();
    Social after = documents.read(Draft.of(SocialPaths.CARD, patch.after()), names).orElseThrow();
    Content.Document existing = block(RecordTree.read(input.path("existingRecord")));
    Social said = records.read(Draft.of(SocialPaths.CARD, existing), names).orElseThrow();
    Social next = Rebase.apply(before, said, after);
    SocialCodec.Written written =
        records.write(next, SocialPaths.CARD, Optional.of(existing), names).orElseThrow();
    ObjectNode answer = NODES.objectNode();
    answer.set(
        "atproto",
        record(
            SocialPaths.atUri(SocialPaths.CARD, names).orElseThrow(),
            DagCbor.decodeFields(written.document().bytes())));
    ObjectNode actor = NODES.objectNode().put("id", names.actor().value());
    view.profile(actor, (Social.Profile) next, names);
    answer.set("activitypub", in("activity", activity("Update", actor, names)));
    ObjectNode rdf = NODES.objectNode().put("graph", names.iri(SocialPaths.CARD.value()));
    documents
        .graph(Draft.of(SocialPaths.CARD, patch.after()), names)
        .ifPresent(graph -> shared(rdf, graph));
    answer.set("rdf", rdf);
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  private ObjectNode record(Optional<Social> social, PodPath path) {
    if (social.isEmpty()) {
      return absent("no social resource");
    }
    return records
        .write(social.get(), path, Optional.empty(), names)
        .map(
            written ->
                record(
                    SocialPaths.atUri(path, names).orElseThrow(),
                    DagCbor.decodeFields(written.document().bytes())))
        .orElseGet(() -> absent(Absence.reason(social.get(), book)));
  }

  private static ObjectNode record(AtUri uri, DagFields record) {
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

  private void shared(ObjectNode rdf, Graph graph) {
    rdf.put("shared", String.join("\n", NTriplesLines.of(graph)) + "\n");
  }

  private static Content.Document block(DagFields record) {
    return new Content.Document(MediaType.DAG_CBOR, DagCbor.encode(record));
  }

  private static Content.Document turtle(String text) {
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }
}
