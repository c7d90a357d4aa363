/**
 * Actors: ours as documents, others' as they were fetched, and who follows whom.
 *
 * <p>Main types: {@link tripod.activitypub.actor.ActorDocument} and {@link
 * tripod.activitypub.actor.RemoteActors}. Its rule: an actor of another server is what its own
 * document says, fetched from its own address, and never what an activity carries.
 *
 * @see <a href="https://www.w3.org/TR/activitypub/#actors">ActivityPub, section 4</a>
 */
@NullMarked
package tripod.activitypub.actor;

import org.jspecify.annotations.NullMarked;
