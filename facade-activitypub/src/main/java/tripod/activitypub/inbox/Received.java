package tripod.activitypub.inbox;

import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.actor.RemoteActor;

/**
 * An activity that was proved to be its actor's, with what had to be fetched before the write.
 *
 * @param activity what it says
 * @param bytes the literal body, to be passed on unchanged
 * @param object the object, where it can be believed
 * @param sender the actor's own document, where it was needed
 * @param target the document of the account that a Move goes to
 */
record Received(
    Activity activity,
    byte[] bytes,
    Optional<Authentic.Thing> object,
    Optional<RemoteActor> sender,
    Optional<RemoteActor> target) {}
