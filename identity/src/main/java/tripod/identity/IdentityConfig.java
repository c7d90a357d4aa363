package tripod.identity;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * What identity must know of the host it serves.
 *
 * @param origin the service's own origin, without a path or a trailing slash
 * @param handleDomains domains under which the host gives handles, each with a leading dot; the
 *     first is the one a bare name is put under
 * @param inviteRequired whether a new account needs an invitation
 * @param plcDirectory another directory's URL; empty for the embedded one
 * @param lab whether this is the lab, whose names end in {@code .localhost}
 * @param rateLimits whether limits are counted
 * @param trustedProxies how many proxies stand before the server (SEC-14)
 * @param dns what is to be known of domain names
 */
public record IdentityConfig(
    URI origin,
    List<String> handleDomains,
    boolean inviteRequired,
    Optional<URI> plcDirectory,
    boolean lab,
    boolean rateLimits,
    int trustedProxies,
    Dns dns) {
  public IdentityConfig {
    handleDomains = handleDomains.stream().map(domain -> domain.toLowerCase(Locale.ROOT)).toList();
    if (handleDomains.isEmpty() || !handleDomains.stream().allMatch(d -> d.startsWith("."))) {
      throw new IllegalArgumentException("handle domains need a leading dot: " + handleDomains);
    }
    if (origin.getHost() == null
        || !(origin.getRawPath() == null || origin.getRawPath().isEmpty())) {
      throw new IllegalArgumentException("service origin " + origin);
    }
  }

  /**
   * The domain name system.
   *
   * @param lexiconAuthority who speaks for all lexicons in the lab, which has no domain names
   * @param backupServers addresses of name servers that are asked where the machine's own find
   *     nothing, with a port behind a colon where it is not 53
   */
  public record Dns(Optional<Did> lexiconAuthority, List<String> backupServers) {
    /** Nothing out of the ordinary. */
    public static final Dns USUAL = new Dns(Optional.empty(), List.of());

    private static final Pattern SERVER =
        Pattern.compile("([0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9a-fA-F:.]+])(:[0-9]{1,5})?");

    public Dns {
      backupServers = List.copyOf(backupServers);
      for (String server : backupServers) {
        if (!SERVER.matcher(server).matches()) {
          throw new IllegalArgumentException("expected the address of a name server: " + server);
        }
      }
    }
  }

  /** Describes the lab on a port, as the contract fixes it. */
  public static IdentityConfig lab(int port) {
    return new IdentityConfig(
        URI.create("http://localhost:" + port),
        List.of(".localhost"),
        false,
        Optional.empty(),
        true,
        false,
        0,
        Dns.USUAL);
  }

  /** Returns the service's identity, a did:web of its host and port. */
  public Did serviceDid() {
    String port = origin.getPort() < 0 ? "" : "%3A" + origin.getPort();
    return new Did("did:web:" + origin.getHost() + port);
  }

  /** Returns the origin of a pod that lives under a host name. */
  public URI podOrigin(String host) {
    String port = origin.getPort() < 0 ? "" : ":" + origin.getPort();
    return URI.create(origin.getScheme() + "://" + host + port);
  }

  /**
   * Returns the handle that a bare name gets on this host.
   *
   * @throws IdentityFailure.InvalidHandle if it can be none
   */
  public Handle handleOf(String name) {
    String text = name.indexOf('.') < 0 ? name + handleDomains.getFirst() : name;
    if (!Handle.isValid(text)) {
      throw new IdentityFailure.InvalidHandle("expected a name of letters, digits and hyphens");
    }
    return new Handle(text);
  }
}
