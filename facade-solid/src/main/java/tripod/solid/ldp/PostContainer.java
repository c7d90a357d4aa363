package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.social.SocialPaths;
import tripod.solid.acl.AccessGate;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfReader;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/** POST: makes a resource in a container, which names it (Solid Protocol 5.3, LDN receivers). */
final class PostContainer {
  private final Writing writing;
  private final WriteAccess access;
  private final GivenContent given;
  private final RdfReader reader;
  private final SocialEdit social;

  PostContainer(PodStore store, AccessGate gate, RdfReader reader, SocialEdit social) {
    this.writing = new Writing(store);
    this.access = new WriteAccess(gate);
    this.given = new GivenContent(store, reader);
    this.reader = reader;
    this.social = social;
  }

  void handle(Context context, Visit visit) {
    Seen seen = writing.look(visit);
    authorise(visit, seen);
    if (seen.resource().isEmpty()) {
      requireKnownMissing(visit, seen);
    }
    Writing.requireMethod(visit, "POST", seen.resource());
    Preconditions conditions = Preconditions.of(context);
    Writing.requireEarly(conditions, seen);
    Optional<MediaType> type = Body.type(context);
    String slug = Slug.clean(context.header("Slug"));
    boolean isContainer = LinkTypes.askForContainer(context);
    Making making = isContainer ? container(context, visit, type) : document(context, visit, type);
    PodPath made =
        writing.write(
            visit,
            conditions,
            seen,
            again -> authorise(visit, again),
            (writer, now) -> {
              PodPath path = freeName(writer, visit.target().path(), slug, isContainer);
              making.make(writer, path);
              return path;
            });
    context.header("Location", visit.iri(made));
    context.status(201);
  }

  private void authorise(Visit visit, Seen seen) {
    access.require(visit, seen, List.of(AccessMode.APPEND));
  }

  private void requireKnownMissing(Visit visit, Seen seen) {
    if (!access.maySeeMissing(visit, seen)) {
      access.requireOn(visit, seen.containerAcl(), AccessMode.READ);
    }
    throw new Refusal(404, "there is no container here");
  }

  private Making container(Context context, Visit visit, Optional<MediaType> type) {
    // The body speaks of a name that is given later, inside the write.
    byte[] bytes = Body.read(context, Body.RDF_BYTES_MAX);
    return (writer, path) -> {
      RdfDocument body = given.parsed(bytes, type, visit.iri(path));
      writer.put(path, new Content.Container());
      GivenContent.description(body, visit.iri(path), visit.names())
          .ifPresent(document -> writer.putAspect(path, Aspect.META, document));
    };
  }

  private Making document(Context context, Visit visit, Optional<MediaType> type) {
    MediaType known = type.orElseThrow(() -> new Refusal(400, "a document needs a Content-Type"));
    GivenContent.Received received =
        given.receive(context, visit.names(), known).checked(reader, visit.iri());
    return (writer, path) -> received.put(writer, path, Optional.empty(), social, visit.names());
  }

  /** Returns a name that nothing has, with or without a last slash. */
  private static PodPath freeName(
      PodWriter writer, PodPath container, String slug, boolean isContainer) {
    String tid = writer.rev().value();
    // Social resources are named by time at birth, whoever makes them (mapping note, section 2).
    String wanted = slug.isEmpty() || container.isUnder(SocialPaths.SOCIAL) ? tid : slug;
    String end = isContainer ? "/" : "";
    PodPath path = container.member(wanted + end);
    for (int i = 0; isTaken(writer, container, wanted); i++) {
      wanted = (slug.isEmpty() ? tid : slug + "-" + tid) + (i == 0 ? "" : "-" + i);
      path = container.member(wanted + end);
      if (i > 100) {
        throw new Refusal(409, "no free name was found");
      }
    }
    return path;
  }

  private static boolean isTaken(PodWriter writer, PodPath container, String name) {
    return writer.get(container.member(name)).isPresent()
        || writer.get(container.member(name + "/")).isPresent()
        || Reserved.isReserved(container.member(name));
  }

  /** Makes the resource under the name it was given. */
  private interface Making {
    void make(PodWriter writer, PodPath path);
  }
}
