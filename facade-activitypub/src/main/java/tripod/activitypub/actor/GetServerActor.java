package tripod.activitypub.actor;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.activitypub.reply.Reply;

/**
 * {@code GET /actor} of the service's host; readable unsigned, or two servers that ask for
 * signatures would wait for each other.
 */
public final class GetServerActor implements Handler {
  private final ActorDocument documents;

  /** Makes the handler. */
  public GetServerActor(ActorDocument documents) {
    this.documents = documents;
  }

  @Override
  public void handle(Context request) {
    Reply.activity(request, documents.ofServer());
  }
}
