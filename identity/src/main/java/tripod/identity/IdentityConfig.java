package tripod.identity;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
 * @param lexiconAuthority who speaks for all lexicons in the lab, which has no domain names
 */
public record IdentityConfig(
    URI origin,
    List<String> handleDomains,
    boolean inviteRequired,
    Optional<URI> plcDirectory,
    boolean lab,
    boolean rateLimits,
    int trustedProxies,
    Optional<Did> lexiconAuthority) {
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
        Optional.empty());
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
