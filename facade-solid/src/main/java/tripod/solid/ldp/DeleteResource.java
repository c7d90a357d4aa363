package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.List;
import tripod.podstore.Aspect;
import tripod.podstore.PodStore;
import tripod.solid.acl.AccessGate;
import tripod.syntax.AccessMode;

/**
 * DELETE: removes a resource with its auxiliary resources, or one of these (Solid Protocol 5.4).
 */
final class DeleteResource {
  private final Writing writing;
  private final WriteAccess access;

  DeleteResource(PodStore store, AccessGate gate) {
    this.writing = new Writing(store);
    this.access = new WriteAccess(gate);
  }

  void handle(Context context, Visit visit) {
    Seen seen = writing.look(visit);
    authorise(visit, seen);
    Writing.requireMethod(visit, "DELETE", seen.resource());
    Preconditions conditions = Preconditions.of(context);
    if (seen.resource().isEmpty()) {
      Writing.requireEarly(conditions, seen);
      requireKnownMissing(visit, seen);
    }
    writing.write(
        visit,
        conditions,
        seen,
        again -> authorise(visit, again),
        (writer, now) ->
            visit.target().isSelf()
                ? writer.delete(visit.target().path())
                : writer.deleteAspect(visit.target().path(), visit.target().aspect()));
    context.status(204);
  }

  private void authorise(Visit visit, Seen seen) {
    if (visit.target().aspect() == Aspect.ACL) {
      access.requireControl(visit, seen);
    } else if (visit.target().isSelf() && !visit.target().path().isRoot()) {
      access.requireDelete(visit, seen);
    } else {
      access.require(visit, seen, List.of(AccessMode.WRITE));
    }
  }

  private void requireKnownMissing(Visit visit, Seen seen) {
    if (seen.subject().isEmpty() && !access.maySeeMissing(visit, seen)) {
      access.requireOn(visit, seen.containerAcl(), AccessMode.READ);
    }
    throw new Refusal(404, "there is nothing here");
  }
}
