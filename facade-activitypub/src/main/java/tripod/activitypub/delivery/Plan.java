package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.ActorDocument;
import tripod.activitypub.actor.Profiles;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.BlindRecipients;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.object.RemoteObject;
import tripod.identity.Account;
import tripod.podstore.Journal;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/**
 * Decides what a commit makes due: a new thing is told as Create, a change as Update, a removal as
 * Delete or Undo to those who got it.
 */
final class Plan {
  private final ObjectView objects;
  private final Profiles profiles;
  private final ActorDocument actors;

  Plan(ObjectView objects, Profiles profiles, ActorDocument actors) {
    this.objects = objects;
    this.profiles = profiles;
    this.actors = actors;
  }

  /** Says whether a path can have anything to tell. */
  static boolean concerns(PodPath path) {
    return path.equals(SocialPaths.CARD)
        || (path.isUnder(SocialPaths.SOCIAL)
            && !path.isContainer()
            && !path.isUnder(SocialPaths.BLOCKS) // BLK-1: a block is not delivered
            && !path.isUnder(SocialPaths.LISTS)); // LST-1: nor is a list
  }

  /** Returns the resource that a change is told of: of who may answer a post, the post itself. */
  static PodPath told(PodPath changed) {
    return changed.isUnder(SocialPaths.THREADGATES)
        ? SocialPaths.POSTS.member(changed.name())
        : changed;
  }

  /** Says whether a new resource is of no interest to anybody but followers. */
  boolean isForFollowersAlone(PodReader view, PodPath path, PodNames names) {
    return objects.namesNobody(view, path, names);
  }

  /** Returns what is due about one resource that a commit touched. */
  Optional<Due> due(
      PodReader view,
      Account account,
      PodNames names,
      Journal.Entry entry,
      PodPath path,
      Optional<Sent> sent) {
    if (path.equals(SocialPaths.CARD)) {
      return Optional.of(profile(view, account, names, entry));
    }
    Optional<ObjectView.Seen> seen = objects.see(view, path, names);
    boolean closed =
        seen.isEmpty() || (seen.get().social().audience().isOpen() && seen.get().shown().isEmpty());
    if (closed) {
      return sent.map(known -> removal(path, names, entry, known));
    }
    boolean isAct = !(seen.get().social() instanceof Social.Post) && isAct(seen.get().object());
    if (isAct) {
      boolean told = sent.filter(known -> known.number() != entry.number()).isPresent();
      return told ? Optional.empty() : act(view, seen.get(), names, entry);
    }
    return object(view, seen.get(), names, entry, sent);
  }

  private static boolean isAct(ObjectNode object) {
    return switch (Terms.type(object)) {
      case "Like",
          "EmojiReact",
          "Announce",
          "Follow",
          "Dislike",
          "Join",
          "TentativeAccept",
          "Leave" ->
          true;
      default -> false;
    };
  }

  private Due profile(PodReader view, Account account, PodNames names, Journal.Entry entry) {
    ObjectNode actor = actors.of(names, profiles.read(view, names), account.created());
    actor.remove("@context");
    return new Due(
        SocialPaths.CARD,
        Activities.profile(actor, entry.rev(), entry.at(), names),
        names.actor().value(),
        Due.Kind.CHANGE,
        true,
        List.of(),
        Optional.empty());
  }

  private Optional<Due> object(
      PodReader view,
      ObjectView.Seen seen,
      PodNames names,
      Journal.Entry entry,
      Optional<Sent> sent) {
    ObjectNode object = seen.object();
    boolean isNew = sent.isEmpty() || sent.get().number() == entry.number();
    ObjectNode activity =
        isNew
            ? Activities.create(object, names)
            : Activities.update(object, entry.rev(), entry.at(), names);
    boolean followers = addressesFollowers(object, names);
    Set<String> recipients = recipients(view, object, seen.resource().path(), names);
    Terms.single(object, "inReplyTo")
        .flatMap(parent -> RemoteObject.find(view, parent))
        .ifPresent(parent -> recipients.add(parent.owner().value()));
    // Who got an earlier form gets this one too, or would keep the old one for ever.
    sent.ifPresent(known -> recipients.addAll(known.actors()));
    boolean everToFollowers = followers || sent.filter(Sent::toFollowers).isPresent();
    long number = sent.map(Sent::number).orElse(entry.number());
    return Optional.of(
        new Due(
            seen.resource().path(),
            activity,
            seen.id(),
            isNew ? Due.Kind.NEW : Due.Kind.CHANGE,
            followers,
            List.copyOf(recipients),
            Optional.of(
                new Sent(number, everToFollowers, List.copyOf(recipients), Optional.empty()))));
  }

  private static Optional<Due> act(
      PodReader view, ObjectView.Seen seen, PodNames names, Journal.Entry entry) {
    ObjectNode activity = seen.object();
    String subject = Terms.single(activity, "object").orElse("");
    Set<String> recipients = recipients(view, activity, seen.resource().path(), names);
    if (Terms.type(activity).equals("Follow")) {
      if (!ActorIri.isValid(subject)) {
        return Optional.empty(); // FOL-3: followed on another network only
      }
      recipients.add(subject);
    }
    RemoteObject.find(view, subject).ifPresent(object -> recipients.add(object.owner().value()));
    boolean followers =
        Terms.type(activity).equals("Announce") && addressesFollowers(activity, names);
    if (recipients.isEmpty() && !followers) {
      return Optional.empty();
    }
    return Optional.of(
        new Due(
            seen.resource().path(),
            activity,
            seen.id(),
            Due.Kind.NEW,
            followers,
            List.copyOf(recipients),
            Optional.of(
                new Sent(
                    entry.number(), followers, List.copyOf(recipients), Optional.of(activity)))));
  }

  private static Due removal(PodPath path, PodNames names, Journal.Entry entry, Sent sent) {
    String id = names.iri(path.value());
    ObjectNode activity =
        sent.act()
            .map(act -> Activities.undo(act, entry.rev(), names))
            .orElseGet(() -> Activities.delete(id, entry.rev(), names));
    return new Due(
        path, activity, id, Due.Kind.REMOVAL, sent.toFollowers(), sent.actors(), Optional.empty());
  }

  private static boolean addressesFollowers(ObjectNode object, PodNames names) {
    for (String recipient : addressed(object)) {
      if (As2.isPublic(recipient) || recipient.equals(names.actor() + "/followers")) {
        return true;
      }
    }
    return false;
  }

  private static Set<String> recipients(
      PodReader view, ObjectNode object, PodPath path, PodNames names) {
    Set<String> actors = new LinkedHashSet<>();
    List<String> all = new ArrayList<>(addressed(object));
    all.addAll(BlindRecipients.of(view, path));
    for (String recipient : all) {
      boolean own = recipient.startsWith(names.actor().value());
      if (!As2.isPublic(recipient) && !own && ActorIri.isValid(recipient)) {
        actors.add(recipient);
      }
    }
    return actors;
  }

  private static List<String> addressed(ObjectNode object) {
    List<String> all = new ArrayList<>(Terms.references(object, "to"));
    all.addAll(Terms.references(object, "cc"));
    return all;
  }
}
