package tripod.activitypub.delivery;

import java.time.InstantSource;
import java.util.random.RandomGenerator;
import tripod.activitypub.actor.ActorDocument;
import tripod.activitypub.actor.ActorKeys;
import tripod.activitypub.actor.Profiles;
import tripod.activitypub.actor.RemoteActors;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.signature.SignedHttp;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;

/** Puts the parts of delivery together. */
public final class Delivery {
  private Delivery() {}

  /**
   * What is told of members, and as whom.
   *
   * @param objects their objects
   * @param profiles their profiles
   * @param actors their documents
   * @param keys their keys
   */
  public record Voice(
      ObjectView objects, Profiles profiles, ActorDocument actors, ActorKeys keys) {}

  /** Makes a worker; it does nothing until it is started. */
  public static DeliveryWorker worker(
      PodStore store,
      Accounts accounts,
      Voice voice,
      RemoteActors remote,
      SignedHttp http,
      Backoff backoff,
      InstantSource clock,
      RandomGenerator random) {
    DeliveryQueue queue = new DeliveryQueue(store);
    Expansion expansion =
        new Expansion(
            store,
            accounts,
            new Plan(voice.objects(), voice.profiles(), voice.actors()),
            new Recipients(remote),
            voice.keys(),
            queue,
            clock);
    return new DeliveryWorker(
        store,
        queue,
        expansion,
        new Schedule(clock, backoff, random),
        new Courier(store, accounts, voice.keys(), remote, http, clock));
  }
}
