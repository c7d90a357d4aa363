package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.Addressing;
import tripod.activitypub.object.BlindRecipients;
import tripod.activitypub.object.Html;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.object.PrivateAccess;
import tripod.activitypub.vocab.As2Codec;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.podstore.social.Lens;
import tripod.podstore.social.LensEdit;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/** Writes the objects that a member's program posts as resources of the pod. */
final class ClientObjects {
  /** Members that the server alone gives, or that no client may give (activitypub note 6.2). */
  private static final Set<String> NOT_FROM_CLIENTS =
      Set.of(
          "id",
          "attributedTo",
          "actor",
          "published",
          "updated",
          "@context",
          "proof",
          "signature",
          "publicKey",
          "publicKeyPem",
          "publicKeyMultibase",
          "assertionMethod",
          "inbox",
          "outbox",
          "endpoints",
          "replies",
          "likes",
          "shares");

  /** Members that readers put on a page as they are. */
  private static final List<String> TEXTS = List.of("name", "summary", "content");

  private static final Map<String, PodPath> CONTAINERS =
      Map.of(
          "Article", SocialPaths.ARTICLES,
          "Event", SocialPaths.EVENTS,
          "Collection", SocialPaths.LISTS,
          "OrderedCollection", SocialPaths.LISTS);

  private static final String POLICY = "interactionPolicy";

  /** Kinds whose summary is a description in HTML, where that of a note is a plain warning. */
  private static final Set<String> RICH_SUMMARY = Set.of("Article", "Event", "Collection");

  private final ObjectView objects;
  private final Lens lens;

  ClientObjects(ObjectView objects, Lens lens) {
    this.objects = objects;
    this.lens = lens;
  }

  /** Puts a new object; returns where. */
  PodPath create(PodWriter pod, PodNames names, ObjectNode given, Addressing addressing) {
    String type = Terms.type(given);
    if (type.isEmpty() || As2.isActor(type)) {
      throw new ActivityFailure.Malformed("an object needs a type, and cannot be an actor");
    }
    PodPath path = CONTAINERS.getOrDefault(type, SocialPaths.POSTS).member(pod.rev().value());
    ObjectNode object = ActivityJson.object();
    object.set("@context", Activities.context());
    object.put("id", names.iri(path.value()));
    copy(given, object);
    object.put("attributedTo", names.actor().value());
    object.put("published", Activities.time(pod.now()));
    addressing.write(object);
    pod.put(path, document(object), blobs(pod, object, names));
    BlindRecipients.save(pod, path, addressing.blind());
    if (!addressing.audience(names).isOpen()) {
      PrivateAccess.write(
          pod, names, path, addressing.hasFollowers(names), addressing.actors(names));
    }
    return path;
  }

  private static void copy(ObjectNode from, ObjectNode to) {
    from.properties()
        .forEach(
            member -> {
              if (!NOT_FROM_CLIENTS.contains(member.getKey())) {
                to.set(member.getKey(), member.getValue());
              }
            });
    clean(to);
  }

  private static void clean(ObjectNode object) {
    for (String member : TEXTS) {
      JsonNode value = object.get(member);
      if (value != null && !value.isTextual() && !value.isNull()) {
        throw new ActivityFailure.Malformed(member + " must be a text");
      }
    }
    for (String name : List.of("content", "summary")) {
      boolean isHtml = name.equals("content") || RICH_SUMMARY.contains(Terms.type(object));
      Terms.text(object, name)
          .filter(html -> isHtml)
          .ifPresent(html -> object.put(name, Html.clean(html)));
    }
    if (object.get("contentMap") instanceof ObjectNode map) {
      List<String> languages = new ArrayList<>();
      map.fieldNames().forEachRemaining(languages::add);
      languages.forEach(
          language ->
              Terms.text(map, language).ifPresent(html -> map.put(language, Html.clean(html))));
    }
  }

  /** Changes members of an object; null removes one (ActivityPub, section 6.3). */
  void update(PodWriter pod, PodNames names, PodPath path, ObjectNode given) {
    ObjectView.Seen seen =
        objects
            .see(pod, path, names)
            .orElseThrow(() -> new ActivityFailure.Missing("there is no such object"));
    ObjectNode next = seen.object().deepCopy();
    if (!isStored(seen.resource(), POLICY)) {
      next.remove(POLICY); // what a record of its own says is not said here as well (GAT-1)
    }
    ObjectNode changes = ActivityJson.object();
    copy(given, changes);
    for (Map.Entry<String, JsonNode> member : changes.properties()) {
      if (member.getKey().equals("type")
          || member.getKey().equals("bto")
          || member.getKey().equals("bcc")) {
        continue;
      }
      if (member.getValue().isNull()) {
        next.remove(member.getKey());
      } else {
        next.set(member.getKey(), member.getValue());
      }
    }
    if (changes.has("content") && !changes.has("source")) {
      next.remove("source"); // it was the source of another text
    }
    if (changes.has("content") && !changes.has("contentMap")) {
      As2Codec.moveContent(next, seen.object().get("content"), changes.get("content"));
    }
    next.put("updated", Activities.time(pod.now()));
    boolean readdressed = changes.has("to") || changes.has("cc");
    ObjectNode whole = Activities.withContext(next);
    SocialCodec.Written written = written(pod, names, seen.resource(), whole);
    pod.put(path, written.document(), written.blobs());
    if (readdressed) {
      readdress(pod, names, path, Addressing.of(next));
    }
  }

  private static boolean isStored(Resource resource, String member) {
    return resource.content() instanceof Content.Document document
        && document.mediaType().is(MediaType.ACTIVITY_JSON)
        && ActivityJson.read(document.bytes()).has(member);
  }

  private static void readdress(
      PodWriter pod, PodNames names, PodPath path, Addressing addressing) {
    if (addressing.audience(names).isOpen()) {
      pod.deleteAspect(path, Aspect.ACL);
    } else {
      PrivateAccess.write(
          pod, names, path, addressing.hasFollowers(names), addressing.actors(names));
    }
  }

  /** An object stays in the form it was born in where that form can say the change (lens law). */
  private SocialCodec.Written written(
      PodWriter pod, PodNames names, Resource before, ObjectNode whole) {
    Content.Document mine = document(whole);
    if (before.content() instanceof Content.Document old
        && !old.mediaType().is(MediaType.ACTIVITY_JSON)) {
      Optional<SocialCodec.Written> kept =
          switch (LensEdit.apply(lens, before, mine, names)) {
            case LensEdit.Outcome.Kept form -> Optional.of(form.written());
            case LensEdit.Outcome.Switched switched -> Optional.empty();
            case LensEdit.Outcome.Unchanged same -> again(before, old, names);
          };
      if (kept.isPresent()) {
        return kept.get();
      }
    }
    return new SocialCodec.Written(mine, blobs(pod, whole, names));
  }

  /** What is there says all of it; the store makes no commit of the same bytes. */
  private Optional<SocialCodec.Written> again(
      Resource before, Content.Document old, PodNames names) {
    return lens.codec(old)
        .flatMap(
            codec ->
                codec
                    .read(before, names)
                    .flatMap(said -> codec.write(said, before.path(), Optional.of(old), names)));
  }

  private static Content.Document document(ObjectNode object) {
    return new Content.Document(MediaType.ACTIVITY_JSON, ActivityJson.write(object));
  }

  /** Returns the pod's own files that an object shows. */
  private static List<Cid> blobs(PodReader pod, ObjectNode object, PodNames names) {
    List<Cid> blobs = new ArrayList<>();
    for (String member : List.of("attachment", "image", "icon")) {
      for (JsonNode media : Terms.each(object.get(member))) {
        Terms.reference(media.get("url") == null ? media.get("href") : media.get("url"))
            .flatMap(names::path)
            .filter(path -> path.startsWith("/media/"))
            .flatMap(path -> cid(path.substring("/media/".length())))
            .filter(cid -> pod.blob(cid).isPresent())
            .ifPresent(blobs::add);
      }
    }
    return blobs;
  }

  private static Optional<Cid> cid(String text) {
    try {
      return Optional.of(Cid.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty(); // the name of no file
    }
  }
}
