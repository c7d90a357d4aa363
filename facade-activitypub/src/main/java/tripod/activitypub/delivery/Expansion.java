package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.actor.ActorKeys;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.RowKey;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.Aspect;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Turns a part of the journal into rows of the queue. One thread. */
final class Expansion {
  private static final Logger LOG = LoggerFactory.getLogger(Expansion.class);

  private final PodStore store;
  private final Accounts accounts;
  private final Plan plan;
  private final Recipients recipients;
  private final ActorKeys keys;
  private final DeliveryQueue queue;
  private final InstantSource clock;

  Expansion(
      PodStore store,
      Accounts accounts,
      Plan plan,
      Recipients recipients,
      ActorKeys keys,
      DeliveryQueue queue,
      InstantSource clock) {
    this.store = store;
    this.accounts = accounts;
    this.plan = plan;
    this.recipients = recipients;
    this.keys = keys;
    this.queue = queue;
    this.clock = clock;
  }

  /** What is gathered before it is written. */
  static final class Gathered {
    final Map<String, byte[]> bodies = new LinkedHashMap<>();
    final List<Row> rows = new ArrayList<>();
    final List<Row> cancelled = new ArrayList<>();
    final Map<String, byte[]> sent = new LinkedHashMap<>();

    boolean isEmpty() {
      return rows.isEmpty() && cancelled.isEmpty() && sent.isEmpty();
    }
  }

  Gathered gather(List<Journal.Entry> commits, List<Journal.Emission> stream, Schedule schedule) {
    Gathered gathered = new Gathered();
    List<Journal.Entry> told =
        commits.stream()
            .filter(entry -> !entry.imported() && !entry.pod().equals(PodStore.HOST))
            .toList();
    Map<PodId, Set<PodPath>> unheard = unheard(told);
    for (Journal.Entry entry : told) {
      guarded(
          entry.number(),
          () -> commit(entry, unheard.getOrDefault(entry.pod(), Set.of()), gathered, schedule));
    }
    for (Journal.Emission emission : stream) {
      guarded(
          emission.number(),
          () -> active(emission.pod()).ifPresent(account -> outgoing(account, emission, gathered)));
    }
    return gathered;
  }

  /**
   * Finds new resources that nobody is to be told of: nearly all that is written on a server whose
   * members have no followers here. One look at each pod.
   */
  private Map<PodId, Set<PodPath>> unheard(List<Journal.Entry> commits) {
    Map<PodId, Set<PodPath>> made = new HashMap<>();
    for (Journal.Entry entry : commits) {
      for (Journal.Touch touch : entry.touches()) {
        if (touch.aspect() == Aspect.SELF
            && touch.kind() == Journal.Kind.CREATED
            && Plan.concerns(touch.path())) {
          made.computeIfAbsent(entry.pod(), _ -> new LinkedHashSet<>()).add(touch.path());
        }
      }
    }
    for (Map.Entry<PodId, Set<PodPath>> pod : made.entrySet()) {
      try {
        Optional<PodNames> names = active(pod.getKey()).map(accounts::names);
        pod.setValue(
            names.isEmpty()
                ? pod.getValue()
                : store.read(pod.getKey(), view -> unheard(view, names.get(), pod.getValue())));
      } catch (PodFailure.Unavailable e) {
        throw e;
      } catch (RuntimeException e) {
        pod.setValue(Set.of()); // whatever it is, it is looked at one by one
      }
    }
    return made;
  }

  private Set<PodPath> unheard(PodReader view, PodNames names, Set<PodPath> made) {
    return Follower.any(view)
        ? Set.of()
        : made.stream()
            .filter(path -> plan.isForFollowersAlone(view, path, names))
            .collect(Collectors.toSet());
  }

  /** Lets one commit that cannot be told not stop all that come after it. */
  private static void guarded(long number, Runnable step) {
    try {
      step.run();
    } catch (PodFailure.Unavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOG.error("what journal number {} makes due cannot be told, passing on", number, e);
    }
  }

  private Optional<Account> active(PodId pod) {
    return accounts.byPod(pod).filter(Account::isActive);
  }

  private void commit(
      Journal.Entry entry, Set<PodPath> unheard, Gathered gathered, Schedule schedule) {
    Set<PodPath> touched = new LinkedHashSet<>();
    for (Journal.Touch touch : entry.touches()) {
      boolean counts =
          touch.aspect() == Aspect.SELF
              || (touch.aspect() == Aspect.NATIVE && touch.kind() == Journal.Kind.UPDATED)
              || touch.aspect() == Aspect.ACL;
      boolean birth = touch.path().isUnder(PodPath.ROOT) && touch.kind() == Journal.Kind.CREATED;
      boolean newCard = birth && touch.path().equals(tripod.podstore.social.SocialPaths.CARD);
      boolean heard = touch.kind() != Journal.Kind.CREATED || !unheard.contains(touch.path());
      if (counts && heard && !newCard && Plan.concerns(touch.path())) {
        PodPath told = Plan.told(touch.path());
        if (told.equals(touch.path()) || queue.sent(entry.pod(), told).isPresent()) {
          touched.add(told); // a post that nobody was told of is told whole when it is
        }
      }
    }
    if (touched.isEmpty()) {
      return;
    }
    Optional<Account> account = active(entry.pod());
    if (account.isEmpty()) {
      return;
    }
    PodNames names = accounts.names(account.get());
    int index = 0;
    for (PodPath path : touched) {
      Optional<Sent> sent = sent(entry.pod(), path, gathered);
      Optional<Due> due = due(account.get(), names, entry, path, sent);
      if (due.isPresent()) {
        String body = "%016x-%04x".formatted(entry.number(), index++);
        due(names, due.get(), body, gathered, schedule);
      }
    }
  }

  private Optional<Due> due(
      Account account, PodNames names, Journal.Entry entry, PodPath path, Optional<Sent> sent) {
    try {
      return store.read(entry.pod(), view -> plan.due(view, account, names, entry, path, sent));
    } catch (PodFailure.NotFound | PodFailure.Invalid e) {
      return Optional.empty(); // the pod is gone, or what is there cannot be said here
    }
  }

  private Optional<Sent> sent(PodId pod, PodPath path, Gathered gathered) {
    byte[] pending = gathered.sent.get(Sent.key(pod, path));
    if (pending != null) {
      return pending.length == 0 ? Optional.empty() : Optional.of(Sent.read(pending));
    }
    return queue.sent(pod, path);
  }

  private void due(PodNames names, Due due, String body, Gathered gathered, Schedule schedule) {
    Set<String> needless = Set.of();
    if (due.kind() == Due.Kind.REMOVAL) {
      List<Row> cancelled = schedule.cancel(names.pod(), due.object());
      List<Row> unwritten =
          gathered.rows.stream()
              .filter(
                  row -> row.lane().pod().equals(names.pod()) && row.object().equals(due.object()))
              .toList();
      gathered.rows.removeAll(unwritten);
      gathered.cancelled.addAll(cancelled);
      List<Row> all = new ArrayList<>(cancelled);
      all.addAll(unwritten);
      needless = all.stream().filter(Row::isNew).map(Expansion::place).collect(Collectors.toSet());
    }
    List<Recipients.Place> places =
        store.read(
            names.pod(),
            view -> recipients.places(view, due.toFollowers(), due.actors(), Optional.empty()));
    String key = Sent.key(names.pod(), due.path());
    boolean noted =
        switch (due.kind()) {
          case NEW -> !places.isEmpty();
          case CHANGE -> due.sent().isPresent();
          case REMOVAL -> true;
        };
    if (noted) {
      gathered.sent.put(key, due.sent().map(Sent::bytes).orElse(new byte[0]));
    }
    if (places.isEmpty()) {
      return; // nobody to sign for; what nobody got is still new when it is next looked at
    }
    ObjectNode activity = keys.prove(Activities.withContext(due.activity()), names);
    rows(
        names.pod(),
        places,
        body,
        ActivityJson.write(activity),
        due.object(),
        due.kind() == Due.Kind.NEW,
        needless,
        gathered);
  }

  private void outgoing(Account account, Journal.Emission emission, Gathered gathered) {
    Outgoing outgoing = Outgoing.read(emission.payload());
    PodNames names = accounts.names(account);
    List<Recipients.Place> places =
        store.read(
            account.pod(),
            view ->
                recipients.places(
                    view, outgoing.toFollowers(), outgoing.actors(), outgoing.exceptHost()));
    if (places.isEmpty()) {
      return;
    }
    byte[] bytes =
        outgoing.isOurs()
            ? ActivityJson.write(
                keys.prove(Activities.withContext(ActivityJson.read(outgoing.body())), names))
            : outgoing.body();
    rows(
        account.pod(),
        places,
        "%016x-s".formatted(emission.number()),
        bytes,
        outgoing.object(),
        false,
        Set.of(),
        gathered);
  }

  private void rows(
      PodId pod,
      List<Recipients.Place> places,
      String body,
      byte[] bytes,
      String object,
      boolean isNew,
      Set<String> needless,
      Gathered gathered) {
    boolean any = false;
    for (Recipients.Place place : places) {
      String where = place.inbox().or(() -> place.actor().map(Object::toString)).orElseThrow();
      if (needless.contains(where)) {
        continue;
      }
      Row.Lane lane = new Row.Lane(place.host(), pod);
      String hash = java.util.HexFormat.of().formatHex(RowKey.hash(where), 0, 8);
      gathered.rows.add(
          new Row(
              lane.prefix() + body + " " + hash,
              body,
              lane,
              place.inbox(),
              place.actor(),
              object,
              isNew,
              0,
              clock.instant()));
      any = true;
    }
    if (any) {
      gathered.bodies.put(body, bytes);
    }
  }

  private static String place(Row row) {
    return row.inbox().or(() -> row.actor().map(Object::toString)).orElseThrow();
  }

  /** Forgets bodies whose rows were all cancelled before they were written. */
  static Map<String, byte[]> needed(Gathered gathered) {
    Set<String> names = gathered.rows.stream().map(Row::body).collect(Collectors.toSet());
    Map<String, byte[]> bodies = new HashMap<>(gathered.bodies);
    bodies.keySet().retainAll(names);
    return bodies;
  }
}
