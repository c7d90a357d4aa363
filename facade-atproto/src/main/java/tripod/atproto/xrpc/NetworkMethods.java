package tripod.atproto.xrpc;

import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.Map;
import tripod.atproto.appview.Pictures;
import tripod.atproto.appview.Splice;
import tripod.atproto.proxy.Services;

/** Methods that other services answer, with what is done here before or after (atproto.md 1.3). */
final class NetworkMethods {
  private final Map<String, Handler> queries = new LinkedHashMap<>();
  private final Map<String, Handler> procedures = new LinkedHashMap<>();
  private final Forwarding forwarding;
  private final Repos repos;

  NetworkMethods(XrpcDoor.Parts parts, Authentication authentication, Repos repos) {
    this.repos = repos;
    Services services =
        new Services(
            parts.upstreams(),
            parts.identity().dids(),
            parts.identity().outbound(),
            parts.identity().serviceAuth());
    forwarding = new Forwarding(services, authentication);
    OwnWrites own =
        new OwnWrites(
            parts.store(),
            services,
            new Pictures(parts.upstreams().pictures(), parts.identity().config().origin()),
            parts.clock());
    spliced("app.bsky.actor.getProfile", own, Splice::profile);
    spliced("app.bsky.actor.getProfiles", own, Splice::profiles);
    spliced("app.bsky.feed.getTimeline", own, Splice::timeline);
    spliced("app.bsky.feed.getAuthorFeed", own, Splice::authorFeed);
    spliced("app.bsky.feed.getActorLikes", own, Splice::likes);
    queries.put(GetPostThread.METHOD, new GetPostThread(forwarding, own));
    queries.put(GetFeed.METHOD, new GetFeed(forwarding, repos, parts.store()));
    queries.put(
        "app.bsky.actor.getPreferences",
        unlessElsewhere(
            "app.bsky.actor.getPreferences", new GetPreferences(parts.store(), authentication)));
    procedures.put(
        "app.bsky.actor.putPreferences",
        unlessElsewhere(
            "app.bsky.actor.putPreferences", new PutPreferences(parts.store(), authentication)));
    push("app.bsky.notification.registerPush");
    push("app.bsky.notification.unregisterPush");
    procedures.put(
        CreateReport.METHOD.value(),
        new CreateReport(forwarding, authentication, parts.identity().reports()));
  }

  private void spliced(String method, OwnWrites own, Splice splice) {
    queries.put(method, new ReadAfterWrite(method, forwarding, own, splice));
  }

  private void push(String method) {
    procedures.put(method, new PushRegistration(method, forwarding));
  }

  private Handler unlessElsewhere(String method, Handler here) {
    return new OfAnotherAppView(method, forwarding, here);
  }

  /** Returns a method that the AppView is asked for where the repository is not here. */
  Handler unlessAnotherRepo(String method, Handler here) {
    return new OfAnotherRepo(method, repos, forwarding, here);
  }

  Map<String, Handler> queries() {
    return Map.copyOf(queries);
  }

  Map<String, Handler> procedures() {
    return Map.copyOf(procedures);
  }

  /** Returns what answers every method that has no handler. */
  Handler rest() {
    return new PassOn(forwarding);
  }
}
