package tripod.atproto.proxy;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * The services a host asks where callers name none (atproto.md 1.4). All may be missing: what is
 * kept here works without.
 *
 * @param appView for every method that nobody else answers
 * @param moderation for {@code tools.ozone.*}
 * @param reports for reports by members
 * @param pictures how addresses of pictures are made, with {@code %s} for size, DID and CID in this
 *     order; empty for this host's own
 */
public record Upstreams(
    Optional<Upstream> appView,
    Optional<Upstream> moderation,
    Optional<Upstream> reports,
    Optional<String> pictures) {
  /** The entry of an AppView in its document. */
  public static final String APP_VIEW = "bsky_appview";

  /** The entry of a moderation service in its document. */
  public static final String LABELER = "atproto_labeler";

  /** No service at all. */
  public static final Upstreams NONE =
      new Upstreams(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  private static final String MODERATION_TOOLS = "tools.ozone.";

  /**
   * One service.
   *
   * @param name how it is named
   * @param origin where it is asked
   */
  public record Upstream(ServiceName name, URI origin) {
    /** Makes one of an identity and an entry. */
    public static Upstream of(Did did, String entry, URI origin) {
      return new Upstream(new ServiceName(did, entry), origin);
    }
  }

  /**
   * Returns the service for a method.
   *
   * @throws ProxyFailure.NotConfigured if there is none
   */
  public ServiceName forMethod(Nsid method) {
    Optional<Upstream> chosen =
        method.value().toLowerCase(Locale.ROOT).startsWith(MODERATION_TOOLS) ? moderation : appView;
    return chosen
        .map(Upstream::name)
        .orElseThrow(() -> new ProxyFailure.NotConfigured("No service configured for " + method));
  }

  /** Returns where a service is asked that needs no looking up. */
  public Optional<URI> origin(ServiceName name) {
    return all().filter(one -> one.name().equals(name)).map(Upstream::origin).findFirst();
  }

  /** Returns all services. */
  public Stream<Upstream> all() {
    return Stream.of(appView, moderation, reports).flatMap(Optional::stream);
  }
}
