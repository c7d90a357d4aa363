package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.social.Draft;
import tripod.podstore.social.MediaAddress;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * The form in which ActivityPub clients write: the ActivityStreams JSON of an object or act.
 *
 * <p>Writing changes the members in which the pivot differs and keeps every other (LENS-2).
 */
public final class As2Codec implements SocialCodec {
  private static final Set<String> KEPT = Set.of("id", "published", "url", "attributedTo", "actor");

  private final NameBook book;
  private final As2View view;

  /**
   * Makes the codec.
   *
   * @param book completes the names of those whom an object speaks of
   */
  public As2Codec(NameBook book) {
    this.book = book;
    this.view = new As2View(book);
  }

  @Override
  public boolean owns(Content.Document document) {
    MediaType type = document.mediaType();
    return type.is(MediaType.ACTIVITY_JSON)
        || (type.is(MediaType.JSON_LD)
            && type.parameter("profile").filter(NoteView.AS2_PROFILE::equals).isPresent());
  }

  @Override
  public Optional<Social> read(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? read(As2Json.read(document.bytes()), resource, names)
        : Optional.empty();
  }

  /** Reads an object or act that a client sends for a place. */
  public Optional<Social> read(ObjectNode object, PodPath path, PodNames names) {
    return read(object, Draft.of(path, document(object)), names);
  }

  private Optional<Social> read(ObjectNode object, Resource resource, PodNames names) {
    return As2Reading.read(object, resource, names, book);
  }

  @Override
  public Optional<Graph> graph(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? Optional.of(
            As2Graph.of(As2Json.read(document.bytes()), names.iri(resource.path().value()), names))
        : Optional.empty();
  }

  @Override
  public Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names) {
    Optional<ObjectNode> fresh = view.render(next, Draft.of(path, EMPTY), names);
    if (fresh.isEmpty()) {
      return Optional.empty();
    }
    if (previous.isEmpty() || !owns(previous.get())) {
      return fresh.map(object -> written(document(object), object, names));
    }
    ObjectNode before = As2Json.read(previous.get().bytes());
    ObjectNode was =
        read(before, Draft.of(path, previous.get()), names)
            .flatMap(said -> view.render(said, Draft.of(path, EMPTY), names))
            .orElse(before);
    ObjectNode after = edit(before, was, fresh.get());
    return Optional.of(
        after.equals(before)
            ? written(previous.get(), before, names) // LENS-1
            : written(document(after), after, names));
  }

  /**
   * Returns a stored or shown object with the members that an Update of a client gives; a member
   * that is null is removed.
   */
  public static ObjectNode merge(ObjectNode current, ObjectNode update) {
    ObjectNode merged = current.deepCopy();
    JsonNode content = update.get("content");
    if (content != null) {
      merged.remove("source"); // it was the source of the old content
      if (!update.has("contentMap")) {
        moveContent(merged, current.get("content"), content);
      }
    }
    update
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isNull()) {
                merged.remove(member.getKey());
              } else {
                merged.set(member.getKey(), member.getValue());
              }
            });
    return merged;
  }

  /** Puts new content under the language of the old; translations of others stay (LANG-2). */
  public static void moveContent(ObjectNode object, @Nullable JsonNode old, JsonNode content) {
    if (object.get("contentMap") instanceof ObjectNode map) {
      List<String> languages =
          map.properties().stream()
              .filter(entry -> entry.getValue().equals(old))
              .map(Map.Entry::getKey)
              .toList();
      languages.forEach(language -> map.set(language, content));
    }
  }

  /** Returns an object as a stored document. */
  public static Content.Document document(ObjectNode object) {
    return new Content.Document(MediaType.ACTIVITY_JSON, As2Json.bytes(object));
  }

  /** Returns the blobs of the pod that an object names. */
  public static List<Cid> blobs(JsonNode object, PodNames names) {
    Set<Cid> blobs = new LinkedHashSet<>();
    for (String member : List.of("attachment", "icon", "image")) {
      for (JsonNode value : As2Json.each(object, member)) {
        As2Json.reference(value, "url")
            .or(() -> As2Json.reference(value))
            .flatMap(names::path)
            .flatMap(MediaAddress::blob)
            .ifPresent(blobs::add);
      }
    }
    return new ArrayList<>(blobs);
  }

  private static final Content.Document EMPTY =
      new Content.Document(MediaType.ACTIVITY_JSON, new byte[] {'{', '}'});

  private static Written written(Content.Document document, ObjectNode object, PodNames names) {
    return new Written(document, blobs(object, names));
  }

  private static ObjectNode edit(ObjectNode object, ObjectNode was, ObjectNode next) {
    Set<String> members = new LinkedHashSet<>();
    was.fieldNames().forEachRemaining(members::add);
    next.fieldNames().forEachRemaining(members::add);
    members.removeAll(KEPT);
    ObjectNode edited = object.deepCopy();
    for (String member : members) {
      JsonNode value = next.get(member);
      if (!Objects.equals(was.get(member), value)) {
        if (value == null) {
          edited.remove(member);
        } else {
          edited.set(member, value);
        }
      }
    }
    return edited;
  }
}
