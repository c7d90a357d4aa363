package tripod.identity.http;

import java.net.InetAddress;

/**
 * A range of addresses.
 *
 * @param network its first address, 4 or 16 bytes
 * @param prefix how many bits count
 */
public record Cidr(byte[] network, int prefix) {
  public Cidr {
    network = network.clone();
    if (prefix < 0 || prefix > network.length * 8) {
      throw new IllegalArgumentException("prefix " + prefix);
    }
  }

  /**
   * Reads {@code 127.0.0.0/8}, {@code ::1/128}, or a single address.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] network =
        InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash)).getAddress();
    return new Cidr(
        network, slash < 0 ? network.length * 8 : Integer.parseInt(text.substring(slash + 1)));
  }

  /** Says whether an address is in the range. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != network.length) {
      return false;
    }
    for (int bit = 0; bit < prefix; bit += 8) {
      int mask = prefix - bit >= 8 ? 0xff : 0xff << (8 - (prefix - bit));
      if (((bytes[bit >> 3] ^ network[bit >> 3]) & mask & 0xff) != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr
        && prefix == cidr.prefix
        && java.util.Arrays.equals(network, cidr.network);
  }

  @Override
  public int hashCode() {
    return 31 * java.util.Arrays.hashCode(network) + prefix;
  }
}
