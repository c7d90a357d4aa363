package tripod.atproto;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tripod.atproto.proxy.Upstreams;
import tripod.atproto.sync.Firehose;
import tripod.syntax.Did;

/**
 * What a host chooses for this door.
 *
 * @param version what {@code _health} tells
 * @param appView asked for every method that nobody else answers; without one, callers name their
 *     own
 * @param moderation asked for moderation tools
 * @param reports sent members' reports; without one they go to the moderation service, and without
 *     that they are kept for the operator
 * @param pictures how addresses of pictures are made in what an AppView does not show yet, with
 *     {@code %s} for size, DID and CID in this order; empty for this host's own addresses
 * @param stream how the stream is kept, and who is asked to listen to it
 */
public record AtprotoSettings(
    String version,
    Optional<Service> appView,
    Optional<Service> moderation,
    Optional<Service> reports,
    Optional<String> pictures,
    Stream stream) {
  /** A door that knows no services. */
  public static AtprotoSettings local(String version) {
    return new AtprotoSettings(
        version,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Stream.QUIET);
  }

  /**
   * What a host chooses for its stream.
   *
   * @param window how long frames are kept for those who come back
   * @param relays origins of the relays that are asked to listen
   */
  public record Stream(Duration window, List<URI> relays) {
    /** A day, and nobody asked. */
    public static final Stream QUIET = new Stream(Firehose.WINDOW, List.of());

    public Stream {
      relays = List.copyOf(relays);
    }
  }

  /**
   * A service of the network.
   *
   * @param did its identity
   * @param origin where it is asked: scheme and host alone
   */
  public record Service(Did did, URI origin) {
    public Service {
      boolean isOrigin =
          origin.getHost() != null
              && (origin.getRawPath() == null || origin.getRawPath().isEmpty())
              && origin.getRawQuery() == null
              && origin.getRawUserInfo() == null;
      if (!isOrigin) {
        throw new IllegalArgumentException("expected scheme and host alone, not " + origin);
      }
    }
  }

  Upstreams upstreams() {
    return new Upstreams(
        appView.map(service -> upstream(service, Upstreams.APP_VIEW)),
        moderation.map(service -> upstream(service, Upstreams.LABELER)),
        reports.or(() -> moderation).map(service -> upstream(service, Upstreams.LABELER)),
        pictures);
  }

  private static Upstreams.Upstream upstream(Service service, String entry) {
    return Upstreams.Upstream.of(service.did(), entry, service.origin());
  }
}
