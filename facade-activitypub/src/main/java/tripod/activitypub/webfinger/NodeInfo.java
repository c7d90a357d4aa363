package tripod.activitypub.webfinger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.reply.Reply;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;
import tripod.podstore.PodStore;
import tripod.podstore.social.SocialPaths;

/**
 * What software this is, for the service's host and for each member's.
 *
 * @see <a
 *     href="https://codeberg.org/fediverse/fep/src/branch/main/fep/f1d5/fep-f1d5.md">FEP-f1d5</a>
 */
public final class NodeInfo {
  private static final String SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/";
  private static final String APPLICATION_REL = As2.CONTEXT + "#Application";

  private final PodStore store;
  private final Accounts accounts;
  private final URI serviceOrigin;
  private final String version;
  private final boolean openSignUp;

  /**
   * Makes the handlers.
   *
   * @param version of this software
   * @param openSignUp whether everybody may make an account
   */
  public NodeInfo(
      PodStore store, Accounts accounts, URI serviceOrigin, String version, boolean openSignUp) {
    this.store = store;
    this.accounts = accounts;
    this.serviceOrigin = serviceOrigin;
    this.version = version;
    this.openSignUp = openSignUp;
  }

  /** Answers {@code /.well-known/nodeinfo}. */
  public void links(Context request) {
    URI origin =
        RequestPod.find(request)
            .map(account -> accounts.names(account).origin())
            .orElse(serviceOrigin);
    ObjectNode document = ActivityJson.object();
    ArrayNode links = document.putArray("links");
    for (String schema : new String[] {"2.0", "2.1"}) {
      links.addObject().put("rel", SCHEMA + schema).put("href", origin + "/nodeinfo/" + schema);
    }
    links.addObject().put("rel", APPLICATION_REL).put("href", serviceOrigin + "/actor"); // FEP-2677
    Reply.json(request, "application/json; charset=utf-8", document);
  }

  /** Answers {@code /nodeinfo/2.0}. */
  public void version20(Context request) {
    document(request, "2.0");
  }

  /** Answers {@code /nodeinfo/2.1}. */
  public void version21(Context request) {
    document(request, "2.1");
  }

  private void document(Context request, String schema) {
    Optional<Account> member = RequestPod.find(request);
    ObjectNode document = ActivityJson.object();
    document.put("version", schema);
    ObjectNode software = document.putObject("software");
    software.put("name", "tripod").put("version", version);
    document.putArray("protocols").add("activitypub");
    ObjectNode services = document.putObject("services");
    services.putArray("inbound");
    services.putArray("outbound");
    document.put("openRegistrations", member.isEmpty() && openSignUp);
    ObjectNode usage = document.putObject("usage");
    long users = member.isPresent() ? 1 : accounts.count();
    usage
        .putObject("users")
        .put("total", users)
        .put("activeHalfyear", users)
        .put("activeMonth", users);
    member.ifPresent(
        account ->
            usage.put(
                "localPosts",
                (long) store.read(account.pod(), view -> view.memberCount(SocialPaths.POSTS))));
    document.putObject("metadata");
    Reply.json(
        request, "application/json; profile=\"" + SCHEMA + schema + "#\"; charset=utf-8", document);
  }
}
