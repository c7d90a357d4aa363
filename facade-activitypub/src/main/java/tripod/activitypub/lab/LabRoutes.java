package tripod.activitypub.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.activitypub.object.Html;
import tripod.activitypub.object.Reactions;
import tripod.activitypub.object.RemoteObject;
import tripod.activitypub.reply.ActivityErrors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.Route;
import tripod.podstore.PodStore;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** {@code /api/admin/lab/activitypub/*}: the state of one member, named by {@code account}. */
public final class LabRoutes {
  private static final String BASE = "/api/admin/lab/activitypub/";
  private static final int LIST_MAX = 100_000;
  private static final long BODY_BYTES_MAX = 16 << 20;

  private final PodStore store;
  private final Accounts accounts;

  /** Makes the handlers. */
  public LabRoutes(PodStore store, Accounts accounts) {
    this.store = store;
    this.accounts = accounts;
  }

  /** Returns the routes. */
  public List<Route> routes() {
    return List.of(
        get("stored", this::stored),
        get("followers", this::followers),
        get("following", this::following),
        get("reactions", this::reactions),
        get("counts", this::counts),
        get("stats", request -> answer(request, ProcessStats.read())),
        new Route(
            Route.HostKind.SERVICE,
            java.util.Set.of("POST"),
            BASE + "followers",
            java.util.Set.of(),
            Route.Access.ADMIN,
            BODY_BYTES_MAX,
            Route.RateClass.WRITE,
            false,
            ActivityErrors.guarded(this::addFollowers)));
  }

  private static Route get(String name, Handler handler) {
    return new Route(
        Route.HostKind.SERVICE,
        java.util.Set.of("GET"),
        BASE + name,
        java.util.Set.of(),
        Route.Access.ADMIN,
        0,
        Route.RateClass.READ,
        false,
        ActivityErrors.guarded(handler));
  }

  private Account account(Context request) {
    String name = Optional.ofNullable(request.queryParam("account")).orElse("");
    return accounts
        .byName(name)
        .orElseThrow(() -> new ActivityFailure.Missing("there is no account " + name));
  }

  private static String need(Context request, String name) {
    String value = request.queryParam(name);
    if (value == null) {
      throw new ActivityFailure.Malformed("the parameter " + name + " is missing");
    }
    return value;
  }

  private void stored(Context request) {
    Account account = account(request);
    String id = need(request, "id");
    ObjectNode answer =
        store.read(
            account.pod(),
            view ->
                RemoteObject.find(view, id)
                    .flatMap(held -> held.document(view).map(document -> describe(held, document)))
                    .orElseThrow(() -> new ActivityFailure.Missing("not held: " + id)));
    answer(request, answer);
  }

  private static ObjectNode describe(RemoteObject held, ObjectNode document) {
    ObjectNode answer = ActivityJson.object();
    answer.put("id", held.id());
    answer.put("actor", held.owner().value());
    answer.put("seen", held.seen());
    answer.put("content", Html.clean(Terms.text(document, "content").orElse("")));
    return answer;
  }

  private void followers(Context request) {
    Account account = account(request);
    ArrayNode list = ActivityJson.array();
    store
        .read(account.pod(), Follower::all)
        .forEach(follower -> list.add(follower.actor().value()));
    answer(request, list);
  }

  private void following(Context request) {
    Account account = account(request);
    ArrayNode list = ActivityJson.array();
    store.read(account.pod(), view -> Following.list(view, "", LIST_MAX)).stream()
        .filter(Following::accepted)
        .forEach(following -> list.add(following.actor().value()));
    answer(request, list);
  }

  private void reactions(Context request) {
    Account account = account(request);
    PodNames names = accounts.names(account);
    String object = need(request, "object");
    ObjectNode answer = ActivityJson.object();
    for (Reactions.Kind kind : List.of(Reactions.Kind.LIKE, Reactions.Kind.SHARE)) {
      ArrayNode list = answer.putArray(kind == Reactions.Kind.LIKE ? "likes" : "shares");
      SocialPaths.path(object, names)
          .ifPresent(
              path ->
                  store
                      .read(account.pod(), view -> Reactions.list(view, kind, path, LIST_MAX))
                      .forEach(
                          reaction ->
                              list.addArray()
                                  .add(reaction.activity().orElse(null))
                                  .add(reaction.actor().value())));
    }
    answer(request, answer);
  }

  private void counts(Context request) {
    Account account = account(request);
    ObjectNode answer = ActivityJson.object();
    answer.put("stored", (long) store.read(account.pod(), RemoteObject::count));
    answer(request, answer);
  }

  /** Adds ready-made followers {@code [{id, inbox, sharedInbox, followId}]}. */
  private void addFollowers(Context request) {
    Account account = account(request);
    ObjectNode body = ActivityJson.read(request.bodyAsBytes());
    List<Follower> followers = new ArrayList<>();
    for (JsonNode row : Terms.each(body.get("followers"))) {
      followers.add(
          new Follower(
              new ActorIri(Terms.text(row, "id").orElse("")),
              Terms.text(row, "inbox").orElse(""),
              Terms.text(row, "sharedInbox"),
              Terms.text(row, "followId")));
    }
    store.write(
        account.pod(),
        pod -> {
          followers.forEach(follower -> follower.save(pod));
          return true;
        });
    answer(request, ActivityJson.object().put("added", followers.size()));
  }

  private static void answer(Context request, JsonNode document) {
    request.header("Content-Type", "application/json");
    request.result(ActivityJson.write(document));
  }
}
