package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.activitypub.object.Featured;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.reply.Reply;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Visitors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** A member's collections of people and things: counts for everybody, names for the owner. */
public final class GetPeople {
  private static final int PAGE = 50;

  private final PodStore store;
  private final Accounts accounts;
  private final Visitors visitors;
  private final ObjectView objects;

  /** Makes the handlers. */
  public GetPeople(PodStore store, Accounts accounts, Visitors visitors, ObjectView objects) {
    this.store = store;
    this.accounts = accounts;
    this.visitors = visitors;
    this.objects = objects;
  }

  /** Answers {@code GET /actor/followers}. */
  public void followers(Context request) {
    people(
        request,
        "/followers",
        view -> Follower.all(view).size(),
        (view, after) ->
            Follower.list(view, after, PAGE).stream().map(row -> row.actor().value()).toList());
  }

  /** Answers {@code GET /actor/following}. */
  public void following(Context request) {
    people(
        request,
        "/following",
        view -> view.memberCount(SocialPaths.FOLLOWS),
        (view, after) ->
            Following.list(view, after, PAGE).stream().map(row -> row.actor().value()).toList());
  }

  /** Answers {@code GET /actor/liked}: a count alone. */
  public void liked(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    long total = store.read(account.pod(), view -> view.memberCount(SocialPaths.LIKES));
    Reply.activity(request, Collections.paged(names.actor() + "/liked", total, false));
  }

  /** Answers {@code GET /actor/featured}: what everybody may see of the pins. */
  public void featured(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    List<String> pins =
        store.read(
            account.pod(),
            view ->
                Featured.list(view).stream()
                    .flatMap(path -> objects.see(view, path, names).stream())
                    .filter(ObjectView.Seen::isListed)
                    .map(ObjectView.Seen::id)
                    .toList());
    Reply.activity(request, Collections.whole(names.actor() + "/featured", pins));
  }

  private void people(Context request, String name, Count count, Listing listing) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    String id = names.actor() + name;
    boolean isOwner = visitors.isOwner(request, names);
    String after = request.queryParam("after");
    if (request.queryParam("page") == null || !isOwner) {
      long total = store.read(account.pod(), count::of);
      Reply.activity(request, Collections.paged(id, total, isOwner));
      return;
    }
    List<String> people =
        store.read(account.pod(), view -> listing.behind(view, after == null ? "" : after));
    ObjectNode page = Collections.page(id, request.fullUrl());
    ArrayNode items = page.putArray("orderedItems");
    people.forEach(items::add);
    if (people.size() == PAGE) {
      page.put(
          "next",
          id
              + "?page=true&after="
              + java.net.URLEncoder.encode(
                  people.getLast(), java.nio.charset.StandardCharsets.UTF_8));
    }
    Reply.activity(request, page);
  }

  private interface Count {
    long of(PodReader view);
  }

  private interface Listing {
    List<String> behind(PodReader view, String after);
  }
}
