package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;
import tripod.podstore.social.PublicResource;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Reads social resources of a pod as ActivityStreams objects, whichever door they came through.
 *
 * <p>What was posted here is shown as it was posted; everything else is rendered from the pivot.
 */
public final class ObjectView {
  private final Lens lens;
  private final PublicGate gate;
  private final ObjectRendering rendering;
  private final ListMembers members;
  private final ReplyGates gates;

  /** Reads through the lens, renders with {@code rendering}. */
  public ObjectView(Lens lens, PublicGate gate, ObjectRendering rendering) {
    this.lens = lens;
    this.gate = gate;
    this.rendering = rendering;
    this.members = new ListMembers(lens);
    this.gates = new ReplyGates(lens, gate);
  }

  /**
   * One social resource in both forms.
   *
   * @param resource where it is
   * @param social what it says
   * @param object what peers see, without a context
   * @param shown the proof that everybody may see it, if everybody may
   */
  public record Seen(
      Resource resource, Social social, ObjectNode object, Optional<PublicResource> shown) {
    /** Says whether public lists may show it. */
    public boolean isListed() {
      return shown.filter(PublicResource::isListed).isPresent();
    }

    /** Returns the object's id. */
    public String id() {
      return Terms.id(object).orElseThrow();
    }
  }

  /** Returns a resource as peers would see it, whoever may; empty when it is no social resource. */
  public Optional<Seen> see(PodReader view, PodPath path, PodNames names) {
    return view.get(path).flatMap(resource -> see(view, resource, names));
  }

  /** Returns a resource as peers would see it, whoever may. */
  public Optional<Seen> see(PodReader view, Resource resource, PodNames names) {
    if (!resource.path().isUnder(SocialPaths.SOCIAL)) {
      return Optional.empty();
    }
    return lens.read(resource, names)
        .flatMap(
            social ->
                object(view, resource, social, names)
                    .map(
                        object ->
                            new Seen(
                                resource, social, object, gate.admit(view, resource, social))));
  }

  /**
   * Says whether a resource is a post that names nobody, neither by address nor by mention or
   * answer, so that it is of interest to followers alone. Much cheaper than {@link #see}; false
   * when that cannot be told without it.
   */
  public boolean namesNobody(PodReader view, PodPath path, PodNames names) {
    Optional<Resource> resource = view.get(path);
    return resource.isPresent()
        && resource.get().content() instanceof Content.Document document
        && document.mediaType().is(MediaType.DAG_CBOR)
        && lens.read(resource.get(), names).filter(ObjectView::namesNobody).isPresent();
  }

  private static boolean namesNobody(Social social) {
    return social instanceof Social.Post post
        && post.html().isEmpty()
        && post.reply().isEmpty()
        && post.address().to().isEmpty()
        && post.address().cc().isEmpty()
        && post.facets().stream()
            .flatMap(facet -> facet.features().stream())
            .noneMatch(Facet.Feature.Mention.class::isInstance);
  }

  private Optional<ObjectNode> object(
      PodReader view, Resource resource, Social social, PodNames names) {
    Optional<ObjectNode> object =
        stored(resource, names).or(() -> rendered(social, resource, names));
    if (social instanceof Social.Post) {
      object.ifPresent(note -> gates.addPolicy(view, note, resource, names));
    }
    return object;
  }

  /**
   * Returns an object as others see it: a list of people with those whom this network knows, also
   * those whom records of their own put on it (LST-1); anything else as it is.
   */
  public ObjectNode shownToOthers(PodReader view, Seen seen, PodNames names) {
    return seen.social() instanceof Social.PeopleList list
        ? rendered(members.complete(view, seen.resource(), list, names), seen.resource(), names)
            .orElse(seen.object())
        : seen.object();
  }

  private static Optional<ObjectNode> stored(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
            && document.mediaType().is(MediaType.ACTIVITY_JSON)
        ? Optional.of(literal(resource.path(), document, names))
        : Optional.empty();
  }

  private Optional<ObjectNode> rendered(Social social, Resource resource, PodNames names) {
    return rendering
        .render(social, resource, names)
        .map(
            object -> {
              object.remove("@context");
              object.put("id", names.iri(resource.path().value()));
              return object;
            });
  }

  private static ObjectNode literal(PodPath path, Content.Document document, PodNames names) {
    ObjectNode object;
    try {
      object = ActivityJson.read(document.bytes());
    } catch (ActivityFailure.Malformed e) {
      throw new tripod.podstore.PodFailure.Invalid("the stored object cannot be read", e);
    }
    object.remove("@context");
    object.remove("bto");
    object.remove("bcc");
    object.put("id", names.iri(path.value()));
    return object;
  }
}
