package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.AclDocument;
import tripod.solid.patch.Patch;
import tripod.solid.patch.PatchParser;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.Representations;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/** PATCH: changes one graph, all or nothing (Solid Protocol 5.3.1). */
final class PatchResource {
  private static final List<AccessMode> ANY_WRITING =
      List.of(AccessMode.APPEND, AccessMode.WRITE, AccessMode.READ);

  private final Writing writing;
  private final WriteAccess access;
  private final Representations representations;
  private final SocialEdit social;

  PatchResource(
      PodStore store, AccessGate gate, Representations representations, SocialEdit social) {
    this.writing = new Writing(store);
    this.access = new WriteAccess(gate);
    this.representations = representations;
    this.social = social;
  }

  void handle(Context context, Visit visit) {
    Seen seen = writing.look(visit);
    boolean isAcl = visit.target().aspect() == Aspect.ACL;
    access.requireAny(visit, seen, isAcl ? List.of(AccessMode.CONTROL) : ANY_WRITING);
    Patch patch = read(context, visit);
    authorise(visit, seen, patch);
    requirePatchable(visit, seen.resource());
    Preconditions conditions = Preconditions.of(context);
    Writing.requireEarly(conditions, seen);
    Writing.Outcome outcome =
        writing.write(
            visit,
            conditions,
            seen,
            again -> authorise(visit, again, patch),
            (writer, now) -> apply(writer, now, visit, patch));
    Writing.answer(context, outcome, visit.iri());
  }

  private static Patch read(Context context, Visit visit) {
    Optional<MediaType> type = Body.type(context);
    PatchParser parser =
        type.flatMap(PatchParser::of)
            .orElseThrow(
                () ->
                    new Refusal(
                        type.isEmpty() ? 400 : 415,
                        "patches are taken as " + String.join(" or ", PatchParser.mediaTypes()),
                        Map.of("Accept-Patch", String.join(", ", PatchParser.mediaTypes()))));
    return parser.parse(Body.read(context, Body.PATCH_BYTES_MAX), visit.iri());
  }

  private void authorise(Visit visit, Seen seen, Patch patch) {
    Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
    modes.addAll(patch.modes());
    if (modes.isEmpty()) {
      modes.add(AccessMode.APPEND); // it changes nothing, and says whether something is there
    }
    if (visit.target().aspect() == Aspect.ACL) {
      access.requireControl(visit, seen);
    } else if (seen.subject().isPresent()) {
      access.require(visit, seen, modes);
    } else {
      modes.add(AccessMode.APPEND);
      access.requireCreate(visit, seen, modes);
    }
  }

  private static void requirePatchable(Visit visit, Optional<Resource> resource) {
    if (resource.isPresent() && resource.get().content() instanceof Content.File) {
      throw new Refusal(409, "a file that is not RDF cannot be patched");
    }
    Writing.requireMethod(visit, "PATCH", resource);
  }

  private Writing.Outcome apply(PodWriter writer, Seen now, Visit visit, Patch patch) {
    Target target = visit.target();
    if (now.subject().isEmpty()) {
      if (!target.isSelf()) {
        throw new Refusal(404, "there is no resource that this could belong to");
      }
      Writing.requireFreeName(now, target.path());
    }
    // A container's own triples live in its description.
    Optional<Resource> current =
        target.isSelf() && target.path().isContainer() ? now.beside() : now.resource();
    requirePatchable(visit, current);
    String document = documentIri(visit);
    RdfDocument before =
        current
            .map(there -> representations.graph(there, now.beside(), document, visit.names()))
            .orElseGet(RdfDocument::empty);
    Set<Triple> after = patch.apply(before.triples());
    boolean created = now.resource().isEmpty();
    if (!after.equals(before.triples()) || created) {
      RdfDocument next = new RdfDocument(after, new LinkedHashMap<>(before.prefixes()));
      if (target.describesContainer()) {
        requireNothingManaged(before.triples(), after, visit.subjectIri());
      }
      put(writer, visit, next, current);
    }
    return new Writing.Outcome(created, writer.get(target.path(), target.aspect()));
  }

  private static String documentIri(Visit visit) {
    boolean isContainer = visit.target().isSelf() && visit.target().path().isContainer();
    return isContainer ? visit.iri() + Aspect.META.suffix() : visit.iri();
  }

  private static void requireNothingManaged(
      Set<Triple> before, Set<Triple> after, String container) {
    Set<Triple> come = new LinkedHashSet<>(after);
    come.removeAll(before);
    ManagedTriples.clientsOwn(come, container);
  }

  private void put(PodWriter writer, Visit visit, RdfDocument next, Optional<Resource> current) {
    PodPath path = visit.target().path();
    MediaType type =
        current.map(resource -> resource.content().mediaType()).orElse(MediaType.TURTLE);
    String document = documentIri(visit);
    switch (visit.target().aspect()) {
      case ACL ->
          writer.putAspect(
              path,
              Aspect.ACL,
              AclDocument.stored(next, visit.subjectIri(), visit.iri(), visit.names()));
      case META ->
          writer.putAspect(
              path, Aspect.META, GivenContent.document(next, type, document, visit.names()));
      default -> {
        if (path.isContainer()) {
          if (writer.get(path).isEmpty()) {
            writer.put(path, new Content.Container());
          }
          writer.putAspect(
              path, Aspect.META, GivenContent.document(next, type, document, visit.names()));
        } else {
          social.put(
              writer,
              path,
              GivenContent.document(next, type, document, visit.names()),
              current,
              visit.names());
        }
      }
    }
  }
}
