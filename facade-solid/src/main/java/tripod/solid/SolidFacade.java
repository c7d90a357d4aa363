package tripod.solid;

import io.javalin.http.Handler;
import java.util.List;
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
import tripod.solid.representation.JsonLdContexts;
import tripod.solid.representation.RdfReader;

/** The Solid door of a server. */
public final class SolidFacade {
  private final LdpDoor door;

  /**
   * Opens the door.
   *
   * @param store what it reads and writes
   * @param accounts whose pods there are
   * @param tokens proves who asks
   * @param decider decides what they may do
   * @param lens reads social resources that were written at other doors
   */
  public SolidFacade(
      PodStore store, Accounts accounts, SolidTokens tokens, AccessDecider decider, Lens lens) {
    this.door =
        new LdpDoor(
            store, accounts::names, tokens, new AccessGate(decider), LdpDoor.Forms.of(lens));
  }

  /** Returns the group documents of this server's pods, for the one decider. */
  public static Groups groups(PodStore store, Accounts accounts) {
    return new LocalGroups(
        store,
        new RdfReader(new JsonLdContexts()),
        host -> accounts.byHost(host).map(accounts::names));
  }

  /** Returns the handler for everything on a pod's host that no route took. */
  public Handler door() {
    return door;
  }

  /** Returns the routes that are not the fallback's. */
  public List<Route> routes() {
    return List.of();
  }
}
