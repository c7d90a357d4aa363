package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.AclDocument;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfReader;
import tripod.syntax.AccessMode;
import tripod.syntax.MediaType;

/** PUT: makes or replaces a resource at the address given (Solid Protocol 5.3). */
final class PutResource {
  private final Writing writing;
  private final WriteAccess access;
  private final GivenContent given;
  private final RdfReader reader;
  private final SocialEdit social;

  PutResource(PodStore store, AccessGate gate, RdfReader reader, SocialEdit social) {
    this.writing = new Writing(store);
    this.access = new WriteAccess(gate);
    this.given = new GivenContent(store, reader);
    this.reader = reader;
    this.social = social;
  }

  void handle(Context context, Visit visit) {
    Seen seen = writing.look(visit);
    authorise(visit, seen);
    Writing.requireMethod(visit, "PUT", seen.resource());
    requireWhole(context);
    Preconditions conditions = Preconditions.of(context);
    Writing.requireEarly(conditions, seen);
    Work work = prepare(context, visit);
    Writing.Outcome outcome =
        writing.write(
            visit,
            conditions,
            seen,
            again -> authorise(visit, again),
            (writer, now) -> {
              boolean created = now.resource().isEmpty();
              if (now.subject().isEmpty()) {
                requireSubject(visit);
                Writing.requireFreeName(now, visit.target().path());
              }
              work.run(writer, now.resource());
              return new Writing.Outcome(
                  created, writer.get(visit.target().path(), visit.target().aspect()));
            });
    Writing.answer(context, outcome, visit.iri());
  }

  private void authorise(Visit visit, Seen seen) {
    if (visit.target().aspect() == Aspect.ACL) {
      access.requireControl(visit, seen);
    } else if (seen.subject().isPresent()) {
      access.require(visit, seen, List.of(AccessMode.WRITE));
    } else {
      access.requireCreate(visit, seen, List.of(AccessMode.WRITE));
    }
  }

  /** RFC 9110 14.5: a part must not replace the whole. */
  private static void requireWhole(Context context) {
    if (context.header("Content-Range") != null) {
      throw new Refusal(400, "a PUT takes a whole representation, no Content-Range");
    }
  }

  private static void requireSubject(Visit visit) {
    if (!visit.target().isSelf()) {
      throw new Refusal(404, "there is no resource that this could belong to");
    }
  }

  private Work prepare(Context context, Visit visit) {
    Optional<MediaType> type = Body.type(context);
    PodPath path = visit.target().path();
    return switch (visit.target().aspect()) {
      case ACL -> {
        RdfDocument list = given.graph(context, type, visit.iri());
        Content.Document stored =
            AclDocument.stored(list, visit.subjectIri(), visit.iri(), visit.names());
        yield (writer, current) -> writer.putAspect(path, Aspect.ACL, stored);
      }
      case META -> {
        if (path.isContainer()) {
          yield description(context, visit, type);
        }
        RdfDocument body = given.graph(context, type, visit.iri());
        Content.Document stored =
            GivenContent.document(body, MediaType.TURTLE, visit.iri(), visit.names());
        yield (writer, current) -> writer.putAspect(path, Aspect.META, stored);
      }
      default ->
          path.isContainer() ? container(context, visit, type) : document(context, visit, type);
    };
  }

  private Work description(Context context, Visit visit, Optional<MediaType> type) {
    RdfDocument body = given.graph(context, type, visit.iri());
    Optional<Content.Document> own =
        GivenContent.description(body, visit.subjectIri(), visit.names());
    return (writer, current) -> describe(writer, visit.target().path(), own);
  }

  private Work container(Context context, Visit visit, Optional<MediaType> type) {
    RdfDocument body = given.graph(context, type, visit.iri());
    Optional<Content.Document> own = GivenContent.description(body, visit.iri(), visit.names());
    PodPath path = visit.target().path();
    return (writer, current) -> {
      if (writer.get(path).isEmpty()) {
        writer.put(path, new Content.Container());
      }
      describe(writer, path, own);
    };
  }

  private static void describe(
      PodWriter writer, PodPath container, Optional<Content.Document> description) {
    if (description.isPresent()) {
      writer.putAspect(container, Aspect.META, description.get());
    } else {
      writer.deleteAspect(container, Aspect.META);
    }
  }

  private Work document(Context context, Visit visit, Optional<MediaType> type) {
    MediaType known = type.orElseThrow(() -> new Refusal(400, "a document needs a Content-Type"));
    GivenContent.Received received =
        given.receive(context, visit.names(), known).checked(reader, visit.iri());
    return (writer, current) ->
        received.put(writer, visit.target().path(), current, social, visit.names());
  }

  /** What is done once everything was checked. */
  private interface Work {
    void run(PodWriter writer, Optional<Resource> current);
  }
}
