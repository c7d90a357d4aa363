package tripod.activitypub.actor;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.activitypub.activity.ActivityFailure;

/**
 * {@code GET /{name}} as ActivityStreams: besides {@code /actor} no document of this door is at the
 * top of a pod.
 *
 * <p>The answer is the same whether a document of another kind is there or not, so it tells nothing
 * (SEC-73); who asks for another type first gets to the door that has it.
 */
public final class GetNoActor implements Handler {
  @Override
  public void handle(Context request) {
    throw new ActivityFailure.Missing("there is no such actor");
  }
}
