package tripod.activitypub.signature;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.Locale;
import java.util.function.Supplier;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/**
 * Documents of other servers, fetched with the server actor's signature and believed only under the
 * address that they were fetched from (SEC-26).
 *
 * <p>Safe between threads; keeps nothing.
 */
public final class RemoteDocuments {
  /** Most redirects that are followed (SEC-22). */
  private static final int REDIRECTS_MAX = 3;

  private final SignedHttp http;
  private final Supplier<SigningKey> serverKey;

  /**
   * Fetches through the signed client.
   *
   * @param serverKey the server actor's key, asked for at each fetch
   */
  public RemoteDocuments(SignedHttp http, Supplier<SigningKey> serverKey) {
    this.http = http;
    this.serverKey = serverKey;
  }

  /**
   * Fetches an object; it is authentic: its {@code id} is the address that it came from.
   *
   * @throws ActivityFailure.Unreachable when it cannot be had, or is not what it says
   */
  public ObjectNode object(String id) {
    Fetched first = follow(address(id), REDIRECTS_MAX);
    String claimed = Terms.id(first.document).orElse("");
    if (claimed.equals(first.from.toString())
        || (claimed.equals(id) && sameOrigin(id, first.from))) {
      return first.document;
    }
    if (claimed.isEmpty()) {
      throw new ActivityFailure.Unreachable("the document at " + id + " has no id", 0);
    }
    // An alias: the document that counts is the one at its own id.
    Fetched second = follow(address(claimed), 0);
    if (!Terms.id(second.document).orElse("").equals(second.from.toString())) {
      throw new ActivityFailure.Unreachable("the document at " + id + " is another's", 0);
    }
    return second.document;
  }

  /** Fetches a key document or its owner; the caller checks whose it is. No redirects (SEC-22). */
  ObjectNode keyDocument(String address) {
    Fetched fetched = follow(address(address), 0);
    String id = Terms.id(fetched.document).orElse("");
    int fragment = id.indexOf('#');
    String document = fragment < 0 ? id : id.substring(0, fragment);
    if (!document.equals(address)) {
      throw new ActivityFailure.Unreachable("the document at " + address + " is another's", 0);
    }
    return fetched.document;
  }

  private static boolean sameOrigin(String id, URI from) {
    URI asked = address(id);
    return asked.getScheme().equals(from.getScheme())
        && asked.getRawAuthority().equalsIgnoreCase(from.getRawAuthority());
  }

  private Fetched follow(URI start, int redirectsMax) {
    URI target = start;
    for (int hop = 0; ; hop++) {
      OutboundResponse answer = http.get(target, serverKey.get());
      if (answer.status() >= 300 && answer.status() < 400 && hop < redirectsMax) {
        String location = answer.header("location").orElse("");
        target = address(resolve(target, location));
        if (start.getScheme().equals("https") && !target.getScheme().equals("https")) {
          throw new ActivityFailure.Unreachable("a redirect leaves https", answer.status());
        }
        continue;
      }
      if (!answer.isSuccess()) {
        throw new ActivityFailure.Unreachable(
            target + " answered " + answer.status(), answer.status());
      }
      requireActivityType(target, answer);
      try {
        return new Fetched(target, ActivityJson.read(answer.body()));
      } catch (ActivityFailure.Malformed e) {
        throw new ActivityFailure.Unreachable("the document at " + target + " is not readable", e);
      }
    }
  }

  private static void requireActivityType(URI target, OutboundResponse answer) {
    String header = answer.header("content-type").orElse("");
    if (!isActivityType(header)) {
      throw new ActivityFailure.Unreachable(
          target + " is of the type " + header + ", which is not ActivityStreams", 0);
    }
  }

  /** Says whether a content type is one of ActivityStreams. */
  public static boolean isActivityType(String header) {
    try {
      MediaType type = MediaType.parse(header);
      return type.is(As2.ACTIVITY_JSON)
          || (type.is(As2.LD_JSON)
              && type.parameter("profile").map(p -> p.contains(As2.CONTEXT)).orElse(false));
    } catch (SyntaxException e) {
      return false;
    }
  }

  private static String resolve(URI base, String location) {
    try {
      return base.resolve(location).toString();
    } catch (IllegalArgumentException e) {
      throw new ActivityFailure.Unreachable("a redirect to an unreadable address", e);
    }
  }

  /** Returns an address without its fragment; anything but http and https is unreachable. */
  static URI address(String iri) {
    int fragment = iri.indexOf('#');
    try {
      URI uri = URI.create(fragment < 0 ? iri : iri.substring(0, fragment));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("https") || scheme.equals("http"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new ActivityFailure.Unreachable("not an address: " + iri, e);
    }
    throw new ActivityFailure.Unreachable("not an http or https address: " + iri, 0);
  }

  private record Fetched(URI from, ObjectNode document) {}
}
