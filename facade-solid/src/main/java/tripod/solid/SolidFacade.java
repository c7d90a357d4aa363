package tripod.solid;

import io.javalin.http.Handler;
import io.javalin.websocket.WsConfig;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tripod.identity.Accounts;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Groups;
import tripod.identity.route.Route;
import tripod.identity.token.SolidTokens;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.LocalGroups;
import tripod.solid.ldp.LdpDoor;
import tripod.solid.notify.NoticeWorker;
import tripod.solid.notify.WebSocketChannels;
import tripod.solid.representation.RdfReader;

/** The Solid door of a server. */
public final class SolidFacade implements AutoCloseable {
  private final LdpDoor door;
  private final WebSocketChannels channels;
  private final NoticeWorker worker;

  /** Opens the door. */
  public SolidFacade(Needs needs) {
    AccessGate gate = new AccessGate(needs.decider);
    this.channels =
        new WebSocketChannels(needs.store, gate, needs.tokens, needs.clock, needs.random);
    this.worker = new NoticeWorker(needs.store, needs.tokens, channels);
    this.door =
        new LdpDoor(
            needs.store,
            needs.accounts::names,
            needs.tokens,
            gate,
            LdpDoor.Forms.of(needs.lens).with(channels));
  }

  /**
   * What the door stands on.
   *
   * @param store what it reads and writes
   * @param accounts whose pods there are
   * @param tokens proves who asks
   * @param decider decides what they may do
   * @param lens reads social resources that were written at other doors
   * @param clock times of channels
   * @param random secrets of channels
   */
  public record Needs(
      PodStore store,
      Accounts accounts,
      SolidTokens tokens,
      AccessDecider decider,
      Lens lens,
      InstantSource clock,
      SecureRandom random) {}

  /** Returns the group documents of this server's pods, for the one decider. */
  public static Groups groups(PodStore store, Accounts accounts) {
    return new LocalGroups(
        store, new RdfReader(), host -> accounts.byHost(host).map(accounts::names));
  }

  /** Returns the handler for everything on a pod's host that no route took. */
  public Handler door() {
    return door;
  }

  /** Returns the routes that are not the fallback's. */
  public List<Route> routes() {
    return door.routes();
  }

  /** Returns the websocket endpoints by path. */
  public Map<String, Consumer<WsConfig>> websockets() {
    return Map.of(WebSocketChannels.SOCKET_PATH, channels::socket);
  }

  /** Stops telling; what listens is cut off with its connection. */
  @Override
  public void close() {
    worker.close();
    door.close();
  }
}
