package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.Addressing;
import tripod.activitypub.object.BlindRecipients;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.object.Reactions;
import tripod.activitypub.reply.Reply;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Readers;
import tripod.activitypub.visitor.Visitors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.access.Agent;
import tripod.identity.route.PathParams;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.Publication;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.podstore.social.Tombstone;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** {@code GET /social/{kind}/{name}} as ActivityStreams, and what hangs on it. */
public final class GetObject {
  private static final int REACTIONS_MAX = 1000;

  private final PodStore store;
  private final Accounts accounts;
  private final Visitors visitors;
  private final Readers readers;
  private final ObjectView objects;

  /** Makes the handlers. */
  public GetObject(
      PodStore store, Accounts accounts, Visitors visitors, Readers readers, ObjectView objects) {
    this.store = store;
    this.accounts = accounts;
    this.visitors = visitors;
    this.readers = readers;
    this.objects = objects;
  }

  /** Answers with the object itself, or with what is left of it. */
  public void object(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    PodPath path = path(request);
    Agent agent = visitors.agent(request, names);
    Found found = store.read(account.pod(), view -> find(view, names, path, agent));
    switch (found) {
      case Found.Here here -> Reply.activity(request, Activities.withContext(here.object()));
      case Found.Left left -> Reply.activity(request, 410, tombstone(left.tombstone(), names));
      case Found.Nothing nothing ->
          // SEC-73: what is missing and what is hidden look alike.
          throw new ActivityFailure.Missing("there is nothing here for you");
    }
  }

  private sealed interface Found {
    record Here(ObjectNode object) implements Found {}

    record Left(Tombstone tombstone) implements Found {}

    record Nothing() implements Found {}
  }

  private Found find(PodReader view, PodNames names, PodPath path, Agent agent) {
    Optional<ObjectView.Seen> seen = objects.see(view, path, names);
    if (seen.isEmpty()) {
      Optional<Tombstone> left =
          view.get(path).isEmpty() ? Publication.tombstone(view, path) : Optional.empty();
      return left.<Found>map(Found.Left::new).orElseGet(Found.Nothing::new);
    }
    // VIS-1: two keys. What did not pass the gate is for those alone who are named in it as well.
    boolean allowed =
        readers.mayRead(view, names, path, agent)
            && (seen.get().shown().isPresent() || isNamed(view, names, seen.get(), agent));
    if (!allowed) {
      return new Found.Nothing();
    }
    boolean isOwner = agent.actor().filter(names.actor()::equals).isPresent();
    ObjectNode object =
        isOwner ? seen.get().object() : objects.shownToOthers(view, seen.get(), names);
    Social said = seen.get().social();
    if (said instanceof Social.Post
        || said instanceof Social.Article
        || said instanceof Social.Event) {
      addCollections(view, object, path, names);
    }
    return new Found.Here(object);
  }

  private static boolean isNamed(
      PodReader view, PodNames names, ObjectView.Seen seen, Agent agent) {
    if (agent.actor().isEmpty()) {
      return false;
    }
    ActorIri actor = agent.actor().get();
    Addressing addressing = Addressing.of(seen.object());
    return actor.equals(names.actor())
        || addressing.actors(names).contains(actor.value())
        || BlindRecipients.of(view, seen.resource().path()).contains(actor.value())
        || (addressing.hasFollowers(names) && Follower.find(view, actor).isPresent());
  }

  private static void addCollections(
      PodReader view, ObjectNode object, PodPath path, PodNames names) {
    String id = names.iri(path.value());
    for (String name : List.of("replies", "likes", "shares")) {
      ObjectNode collection = ActivityJson.object();
      collection.put("id", id + "/" + name);
      collection.put("type", name.equals("replies") ? "Collection" : "OrderedCollection");
      collection.put("totalItems", Reactions.count(view, kind(name), path));
      object.set(name, collection);
    }
  }

  private static ObjectNode tombstone(Tombstone left, PodNames names) {
    ObjectNode document = ActivityJson.object();
    document.put("@context", As2.CONTEXT);
    document.put("id", names.iri(left.path().value()));
    document.put("type", "Tombstone");
    document.put("formerType", left.kind());
    document.put("deleted", Activities.time(left.deleted()));
    return document;
  }

  /** Answers with the replies to an object, as far as everybody may know of them. */
  public void replies(Context request) {
    collection(request, "replies", true);
  }

  /** Answers with the number of likes. */
  public void likes(Context request) {
    collection(request, "likes", false);
  }

  /** Answers with the number of boosts. */
  public void shares(Context request) {
    collection(request, "shares", false);
  }

  private void collection(Context request, String name, boolean items) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    PodPath path = path(request);
    Agent agent = visitors.agent(request, names);
    ObjectNode document =
        store.read(
            account.pod(),
            view -> {
              if (!(find(view, names, path, agent) instanceof Found.Here)) {
                throw new ActivityFailure.Missing("there is nothing here for you");
              }
              String id = names.iri(path.value()) + "/" + name;
              if (!items) {
                return Collections.paged(id, Reactions.count(view, kind(name), path), false);
              }
              List<String> replies =
                  Reactions.list(view, kind(name), path, REACTIONS_MAX).stream()
                      .flatMap(reply -> reply.activity().stream())
                      .toList();
              return Collections.whole(id, replies);
            });
    Reply.activity(request, document);
  }

  private static Reactions.Kind kind(String name) {
    return switch (name) {
      case "likes" -> Reactions.Kind.LIKE;
      case "shares" -> Reactions.Kind.SHARE;
      default -> Reactions.Kind.REPLY;
    };
  }

  private static PodPath path(Context request) {
    return SocialPaths.SOCIAL
        .member(PathParams.of(request, "kind") + "/")
        .member(PathParams.of(request, "name"));
  }
}
