package tripod.atproto.proxy;

import tripod.syntax.Did;

/**
 * A service as callers name it: an identity and the name of one entry in its document.
 *
 * @param did whose service
 * @param entry the entry's name, without the number sign
 */
public record ServiceName(Did did, String entry) {
  private static final int ENTRY_CHARS_MAX = 256;

  public ServiceName {
    if (entry.isEmpty()
        || entry.length() > ENTRY_CHARS_MAX
        || entry.indexOf('#') >= 0
        || entry.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new ProxyFailure.BadName("no name of a service entry");
    }
  }

  /**
   * Reads {@code did#entry}.
   *
   * @throws ProxyFailure.BadName if it is none
   */
  public static ServiceName parse(String text) {
    int hash = text.indexOf('#');
    if (hash <= 0) {
      throw new ProxyFailure.BadName("expected a DID with #service in atproto-proxy");
    }
    String did = text.substring(0, hash);
    if (!Did.isValid(did)) {
      throw new ProxyFailure.BadName("no DID before # in atproto-proxy");
    }
    return new ServiceName(new Did(did), text.substring(hash + 1));
  }

  @Override
  public String toString() {
    return did + "#" + entry;
  }
}
