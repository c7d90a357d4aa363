package tripod.server.wiring;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.IdentityConfig;
import tripod.identity.http.MailRelay;
import tripod.syntax.Did;

/**
 * What the server was told to be; made once at the start.
 *
 * @param lab whether no configuration file was found: loopback only, plain HTTP, open sign-up
 * @param bind address to listen on
 * @param port port to listen on; 0 takes a free one
 * @param adminPort port of the admin listener, on loopback; the lab has one port for all
 * @param data folder of everything the server keeps
 * @param origin the service's own origin
 * @param memberDomains domains under which members get their host names
 * @param storeUrl JDBC address of the database; empty takes the default engine in the data folder
 * @param plc another PLC directory than the embedded one; a real host takes the public one unless
 *     {@code identity.plc} says {@code embedded}
 * @param mail the mail server; empty writes mail to the log
 * @param rateLimits whether rate limits hold
 * @param allowOutbound address ranges that outgoing requests may reach besides public ones
 * @param adminToken the token of the admin interface; empty makes one
 * @param room how much pods may keep, and where
 * @param trustedProxies how many proxies in front are believed about the client's address
 * @param dns what is to be known of domain names
 * @param services services of the ATProto network that are asked for members
 */
record Config(
    boolean lab,
    String bind,
    int port,
    int adminPort,
    Path data,
    URI origin,
    List<String> memberDomains,
    Optional<String> storeUrl,
    Optional<URI> plc,
    Optional<MailRelay> mail,
    boolean rateLimits,
    List<String> allowOutbound,
    Optional<String> adminToken,
    StoreRoom room,
    int trustedProxies,
    IdentityConfig.Dns dns,
    NetworkServices services) {
  /** Port of the lab when none is given. */
  static final int LAB_PORT = 8080;

  private static final int PORT_MAX = 65_535;

  /** Where the did:plc identities of a real host are, unless its file says otherwise. */
  private static final String PUBLIC_DIRECTORY = "https://plc.directory";

  /** Says that this server keeps a directory of its own, as the lab does. */
  private static final String EMBEDDED = "embedded";

  Config {
    memberDomains = List.copyOf(memberDomains);
    allowOutbound = List.copyOf(allowOutbound);
  }

  /**
   * Reads the configuration out of its settings.
   *
   * @throws IllegalArgumentException in plain words, when a value cannot be used
   */
  static Config of(Settings settings) {
    boolean lab = settings.isLab();
    int port = number(settings, "host.port", LAB_PORT);
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "host.port must be from 0 to " + PORT_MAX + ", not " + port);
    }
    String bind = settings.text("host.bind", "127.0.0.1");
    if (lab && !bind.equals("127.0.0.1") && !bind.equals("::1") && !bind.equals("localhost")) {
      throw new IllegalArgumentException(
          "without a configuration file the server is the lab and binds loopback only, not "
              + bind);
    }
    URI origin =
        URI.create(
            lab
                ? "http://localhost:" + port
                : settings
                    .text("host.origin")
                    .orElseThrow(
                        () -> new IllegalArgumentException("host.origin is missing in the file")));
    if (origin.getHost() == null || !Optional.ofNullable(origin.getPath()).orElse("").isEmpty()) {
      throw new IllegalArgumentException("host.origin must be scheme and host alone: " + origin);
    }
    List<String> domains =
        lab
            ? List.of("localhost")
            : settings.list("host.member-domains").stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .toList();
    List<String> outbound = settings.list("outbound.allow");
    return new Config(
        lab,
        bind,
        port,
        lab ? port : number(settings, "host.admin-port", port == 0 ? 0 : port + 1),
        Path.of(settings.text("host.data", "./data")).toAbsolutePath().normalize(),
        origin,
        domains,
        settings.text("store.url"),
        directory(settings, lab),
        MailKeys.relay(settings, origin.getHost()),
        lab ? settings.flag("limits.rate") : true,
        lab && outbound.isEmpty() ? List.of("127.0.0.1/32", "::1/128") : outbound,
        settings.secret("admin.token"),
        StoreRoom.of(settings),
        number(settings, "host.trusted-proxies", 0),
        new IdentityConfig.Dns(
            settings.text("identity.lexicon-authority").map(Did::new),
            settings.list("identity.backup-name-servers")),
        NetworkServices.of(settings));
  }

  /** Identities made in a directory that nobody else asks would be lost with this server. */
  private static Optional<URI> directory(Settings settings, boolean lab) {
    Optional<String> named = settings.text("identity.plc");
    Optional<String> asked = lab ? named : Optional.of(named.orElse(PUBLIC_DIRECTORY));
    return asked.filter(directory -> !directory.equals(EMBEDDED)).map(URI::create);
  }

  /** Returns this configuration with the ports that are really taken. */
  Config listeningOn(int actual, int actualAdmin) {
    return on(actual, actualAdmin, lab ? URI.create("http://localhost:" + actual) : origin);
  }

  /** Returns this configuration beside its own ports: what it calls itself and members stays. */
  Config aside(int actual, int actualAdmin) {
    return on(actual, actualAdmin, origin);
  }

  private Config on(int actual, int actualAdmin, URI called) {
    return new Config(
        lab,
        bind,
        actual,
        lab ? actual : actualAdmin,
        data,
        called,
        memberDomains,
        storeUrl,
        plc,
        mail,
        rateLimits,
        allowOutbound,
        adminToken,
        room,
        trustedProxies,
        dns,
        services);
  }

  private static int number(Settings settings, String key, int fallback) {
    String text = settings.text(key, String.valueOf(fallback));
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(key + " must be a whole number, not " + text, malformed);
    }
  }
}
