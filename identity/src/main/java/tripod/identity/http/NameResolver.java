package tripod.identity.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Turns a host name into addresses; given to the client so that tests and the lab have their own.
 */
@FunctionalInterface
public interface NameResolver {
  /** Returns every address of a host. */
  List<InetAddress> resolve(String host) throws UnknownHostException;
}
