package tripod.identity.route;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/**
 * The address of the person who asks, as far as proxies we trust tell it (SEC-14).
 *
 * @param text what limits are counted by: an IPv4 address, or the first 64 bits of an IPv6 one
 */
public record ClientAddress(String text) {
  private static final String ATTRIBUTE = "tripod.client.address";
  private static final int ADDRESS_CHARS_MAX = 64;

  /** Notes the address; the doorway's business alone. */
  public static void set(Context context, ClientAddress address) {
    context.attribute(ATTRIBUTE, address);
  }

  /** Returns the address noted by the doorway, or that of the peer. */
  public static ClientAddress of(Context context) {
    ClientAddress known = context.attribute(ATTRIBUTE);
    return known == null ? find(context.ip(), List.of(), 0) : known;
  }

  /**
   * Finds the address.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the values of all {@code X-Forwarded-For} fields in order
   * @param trustedProxies how many proxies stand before us; that many entries from the right were
   *     written by them
   */
  public static ClientAddress find(String peer, List<String> forwardedFor, int trustedProxies) {
    if (trustedProxies <= 0 || forwardedFor.isEmpty()) {
      return new ClientAddress(network(peer));
    }
    String[] hops = String.join(",", forwardedFor).split(",", -1);
    int index = hops.length - trustedProxies;
    String hop = hops[Math.max(0, index)].strip();
    return new ClientAddress(
        address(hop).map(ClientAddress::network).orElseGet(() -> network(peer)));
  }

  private static Optional<String> address(String hop) {
    String text = hop;
    if (text.startsWith("[")) {
      int end = text.indexOf(']');
      text = end < 0 ? text : text.substring(1, end);
    } else if (text.indexOf(':') == text.lastIndexOf(':') && text.indexOf(':') > 0) {
      text = text.substring(0, text.indexOf(':'));
    }
    boolean plausible =
        !text.isEmpty()
            && text.length() <= ADDRESS_CHARS_MAX
            && text.chars()
                .allMatch(c -> Character.digit(c, 16) >= 0 || c == '.' || c == ':' || c == '%');
    return plausible ? Optional.of(text) : Optional.empty();
  }

  private static String network(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = java.net.Inet6Address.ofLiteral(address).getAddress();
      if (bytes.length == 4) {
        return java.net.InetAddress.getByAddress(bytes).getHostAddress();
      }
      var text = new StringBuilder();
      for (int i = 0; i < 8; i += 2) {
        text.append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)))
            .append(':');
      }
      return text.append(":/64").toString();
    } catch (IllegalArgumentException | java.net.UnknownHostException e) {
      return address;
    }
  }
}
