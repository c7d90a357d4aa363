package tripod.activitypub.webfinger;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.reply.Reply;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.syntax.PodNames;

/** {@code GET /.well-known/webfinger} on the service's host and on every member's. */
public final class WebFinger implements Handler {
  private static final int RESOURCE_CHARS_MAX = 2048;
  private static final String APPLICATION_REL = As2.CONTEXT + "#Service";

  private final Accounts accounts;
  private final URI serviceOrigin;
  private final String serverActor;

  /** Answers for all accounts and for the server itself. */
  public WebFinger(Accounts accounts, URI serviceOrigin, String serverActor) {
    this.accounts = accounts;
    this.serviceOrigin = serviceOrigin;
    this.serverActor = serverActor;
  }

  @Override
  public void handle(Context request) {
    request.header("Access-Control-Allow-Origin", "*");
    String resource = request.queryParam("resource");
    if (resource == null || resource.isEmpty() || resource.length() > RESOURCE_CHARS_MAX) {
      throw new ActivityFailure.Malformed("the parameter resource is missing or too long");
    }
    Reply.json(request, "application/jrd+json; charset=utf-8", answer(resource));
  }

  private ObjectNode answer(String resource) {
    if (resource.equals(serviceOrigin.toString())
        || resource.equals(serviceOrigin + "/")
        || resource.equals(serverActor)) {
      return server(resource);
    }
    Account account =
        find(resource)
            .filter(Account::isActive)
            .orElseThrow(() -> new ActivityFailure.Missing("nobody here has this address"));
    return member(accounts.names(account));
  }

  private Optional<Account> find(String resource) {
    if (resource.regionMatches(true, 0, "acct:", 0, 5)) {
      return acct(resource.substring(5));
    }
    if (resource.startsWith("https://") || resource.startsWith("http://")) {
      return byAddress(resource);
    }
    if (resource.indexOf(':') < 0 || resource.indexOf('@') > 0) {
      return acct(resource.startsWith("@") ? resource.substring(1) : resource);
    }
    throw new ActivityFailure.Malformed("the resource is neither acct: nor an http address");
  }

  private Optional<Account> acct(String text) {
    int at = text.lastIndexOf('@');
    if (at <= 0 || at == text.length() - 1) {
      throw new ActivityFailure.Malformed("an acct: address needs a name and a host");
    }
    String user = text.substring(0, at);
    String authority = text.substring(at + 1).toLowerCase(Locale.ROOT);
    if (authority.equals(serviceOrigin.getRawAuthority())) {
      return accounts.byName(user.toLowerCase(Locale.ROOT));
    }
    return accounts
        .byHost(host(authority))
        .filter(
            account -> {
              PodNames names = accounts.names(account);
              return names.username().equalsIgnoreCase(user)
                  && (names.authority().equalsIgnoreCase(authority)
                      || host(names.authority()).equals(authority));
            });
  }

  private Optional<Account> byAddress(String resource) {
    URI uri;
    try {
      uri = URI.create(resource);
    } catch (IllegalArgumentException e) {
      throw new ActivityFailure.Malformed("the resource is not an address", e);
    }
    if (uri.getHost() == null) {
      throw new ActivityFailure.Malformed("the resource is not an address");
    }
    return accounts
        .byHost(uri.getHost().toLowerCase(Locale.ROOT))
        .filter(
            account -> {
              PodNames names = accounts.names(account);
              return resource.equals(names.actor().value())
                  || resource.equals(names.webId().value())
                  || resource.equals(names.origin().toString())
                  || resource.equals(names.storage().toString());
            });
  }

  private static String host(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon < 0 ? authority : authority.substring(0, colon);
  }

  private static ObjectNode member(PodNames names) {
    ObjectNode jrd = ActivityJson.object();
    jrd.put("subject", "acct:" + names.acct());
    jrd.putArray("aliases").add(names.actor().value()).add(names.storage().toString());
    ArrayNode links = jrd.putArray("links");
    link(links, "self", As2.ACTIVITY_JSON, names.actor().value());
    link(links, "http://webfinger.net/rel/profile-page", "text/html", names.storage().toString());
    link(links, "describedby", "text/turtle", names.webId().value());
    return jrd;
  }

  private ObjectNode server(String subject) {
    ObjectNode jrd = ActivityJson.object();
    jrd.put("subject", subject);
    jrd.putArray("aliases").add(serverActor);
    ArrayNode links = jrd.putArray("links");
    link(links, "self", As2.ACTIVITY_JSON, serverActor);
    link(links, APPLICATION_REL, As2.ACTIVITY_JSON, serverActor); // FEP-d556
    return jrd;
  }

  private static void link(ArrayNode links, String rel, String type, String href) {
    links.addObject().put("rel", rel).put("type", type).put("href", href);
  }
}
