package tripod.identity.http;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the server may go (SEC-20, SEC-21).
 *
 * @param ports ports that may be asked over https
 * @param allowed ranges an operator allows although they are not public; to them plain http, any
 *     port, {@code localhost} and literal addresses pass
 * @param partners origins of servers the operator chose for all members, which are asked often:
 *     they get more connections and are never left alone for long (SEC-24), and are checked like
 *     all others
 */
public record OutboundRules(Set<Integer> ports, List<Cidr> allowed, List<URI> partners) {
  private static final int HOST_CHARS_MAX = 253;

  private static final List<Cidr> IPV4_REFUSED =
      cidrs(
          "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12"
              + " 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24"
              + " 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
              + " 224.0.0.0/4 240.0.0.0/4");
  private static final Cidr IPV6_GLOBAL = Cidr.parse("2000::/3");
  private static final List<Cidr> IPV6_REFUSED =
      cidrs("2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20");
  private static final Set<String> TLDS_REFUSED =
      Set.of("localhost", "local", "internal", "test", "invalid", "onion", "arpa", "alt");

  /** The rules of a real host. */
  public static final OutboundRules STRICT = new OutboundRules(Set.of(443), List.of());

  public OutboundRules {
    ports = Set.copyOf(ports);
    allowed = List.copyOf(allowed);
    partners = List.copyOf(partners);
  }

  /** Makes rules without partners. */
  public OutboundRules(Set<Integer> ports, List<Cidr> allowed) {
    this(ports, allowed, List.of());
  }

  /** Returns these rules with partners. */
  public OutboundRules withPartners(List<URI> origins) {
    return new OutboundRules(ports, allowed, origins);
  }

  /** The rules of the lab: loopback alone, unless ranges are named. */
  public static OutboundRules lab(List<Cidr> ranges) {
    return new OutboundRules(
        Set.of(443), ranges.isEmpty() ? cidrs("127.0.0.1/32 ::1/128") : ranges);
  }

  private static List<Cidr> cidrs(String text) {
    return Stream.of(text.split(" ")).map(Cidr::parse).toList();
  }

  /** Says whether an address is one of the public internet. */
  public static boolean isPublic(InetAddress address) {
    if (address instanceof Inet4Address) {
      return IPV4_REFUSED.stream().noneMatch(range -> range.contains(address));
    }
    // Mapped and translated forms of IPv4 all lie outside of 2000::/3 or in a refused range of it.
    return IPV6_GLOBAL.contains(address)
        && IPV6_REFUSED.stream().noneMatch(range -> range.contains(address));
  }

  /** Says whether an operator allows an address. */
  boolean isAllowed(InetAddress address) {
    return allowed.stream().anyMatch(range -> range.contains(address));
  }

  /**
   * Checks a URL with the addresses that will be dialled.
   *
   * @throws OutboundFailure.Refused if a rule forbids it
   */
  void check(URI uri, List<InetAddress> addresses) {
    if (addresses.isEmpty()) {
      throw new OutboundFailure.Refused("the host has no address");
    }
    if (addresses.stream().allMatch(this::isAllowed)) {
      return;
    }
    // One bad address refuses all: the client would try the next when the first does not answer.
    if (!addresses.stream().allMatch(address -> isAllowed(address) || isPublic(address))) {
      throw new OutboundFailure.Refused("the host has an address that is not public");
    }
    if (!"https".equals(uri.getScheme())) {
      throw new OutboundFailure.Refused("only https is asked");
    }
    int port = uri.getPort() < 0 ? 443 : uri.getPort();
    if (!ports.contains(port)) {
      throw new OutboundFailure.Refused("port " + port + " is not asked");
    }
    checkName(host(uri));
  }

  /**
   * Checks what needs no address.
   *
   * @throws OutboundFailure.Refused if a rule forbids it
   */
  static void checkForm(URI uri) {
    String scheme = uri.getScheme();
    if (!"https".equals(scheme) && !"http".equals(scheme)) {
      throw new OutboundFailure.Refused("only https is asked");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw new OutboundFailure.Refused("the URL has no plain host");
    }
    if (uri.getHost().length() > HOST_CHARS_MAX) {
      throw new OutboundFailure.Refused("the host name is too long");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw new OutboundFailure.Refused("the port is none");
    }
  }

  private static void checkName(String host) {
    int dot = host.lastIndexOf('.');
    String tld = host.substring(dot + 1);
    if (dot <= 0 || tld.isEmpty() || TLDS_REFUSED.contains(tld)) {
      throw new OutboundFailure.Refused("the host name is not public");
    }
    // A last label that begins with a digit is a spelling of an address, in some notation.
    if (Character.digit(tld.charAt(0), 10) >= 0 || host.indexOf(':') >= 0) {
      throw new OutboundFailure.Refused("addresses are not asked by number");
    }
  }

  /** Returns the host in lower case, without brackets. */
  static String host(URI uri) {
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
