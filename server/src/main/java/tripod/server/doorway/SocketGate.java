package tripod.server.doorway;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpResponseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tripod.identity.route.ClientAddress;

/**
 * What is checked before a request becomes a websocket: the host it came to, how many there are
 * already, in all and from one address (SEC-17), and what a door has to say about it.
 */
public final class SocketGate {
  /** Websockets at once. */
  static final int ALL_MAX = 10_000;

  /** Websockets at once from one address. */
  static final int ADDRESS_MAX = 50;

  private static final String ADDRESS = "tripod.socket.address";

  private final Map<String, Handler> upgrades;
  private final Predicate<String> isService;
  private final int trustedProxies;
  private final int addressMax;
  private final AtomicInteger all = new AtomicInteger();
  private final Map<String, AtomicInteger> byAddress = new ConcurrentHashMap<>();

  /**
   * Makes the gate.
   *
   * @param upgrades by path, websockets of the service host alone with what their door checks or
   *     settles before the upgrade
   * @param isService whether a host name is the service's
   * @param trustedProxies how many proxies in front are believed about the client's address
   * @param countsAddresses whether one address may have {@value #ADDRESS_MAX} at most
   */
  public SocketGate(
      Map<String, Handler> upgrades,
      Predicate<String> isService,
      int trustedProxies,
      boolean countsAddresses) {
    this.upgrades = Map.copyOf(upgrades);
    this.isService = isService;
    this.trustedProxies = trustedProxies;
    this.addressMax = countsAddresses ? ADDRESS_MAX : ALL_MAX;
  }

  void install(RoutesConfig routes, Set<String> paths) {
    for (String path : paths) {
      routes.wsBeforeUpgrade(path, this::before);
    }
    routes.wsBefore(
        socket -> {
          socket.onConnect(context -> count(String.valueOf(context.<String>attribute(ADDRESS)), 1));
          socket.onClose(context -> count(String.valueOf(context.<String>attribute(ADDRESS)), -1));
        });
  }

  private void before(Context upgrade) throws Exception {
    Handler door = upgrades.get(upgrade.path());
    if (door != null && !isService.test(HostRouter.hostName(upgrade.header("Host")))) {
      throw new HttpResponseException(421, "this websocket is on the service's host alone");
    }
    ClientAddress address =
        ClientAddress.find(
            upgrade.ip(),
            trustedProxies == 0
                ? List.of()
                : Collections.list(upgrade.req().getHeaders("X-Forwarded-For")),
            trustedProxies);
    upgrade.attribute(ADDRESS, address.text());
    AtomicInteger own = byAddress.get(address.text());
    if (all.get() >= ALL_MAX || (own != null && own.get() >= addressMax)) {
      upgrade.header("Retry-After", "60");
      throw new HttpResponseException(429, "there are too many websockets already");
    }
    if (door != null) {
      door.handle(upgrade);
    }
  }

  private void count(String address, int more) {
    all.addAndGet(more);
    byAddress.compute(
        address,
        (_, known) -> {
          AtomicInteger own = known == null ? new AtomicInteger() : known;
          return own.addAndGet(more) <= 0 ? null : own;
        });
  }

  /** Returns how many websockets there are. */
  int open() {
    return all.get();
  }
}
