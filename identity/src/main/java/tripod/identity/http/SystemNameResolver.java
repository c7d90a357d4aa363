package tripod.identity.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Resolves names as the machine does. */
public final class SystemNameResolver implements NameResolver {
  @Override
  public List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }
}
