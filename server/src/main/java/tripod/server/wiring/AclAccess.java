package tripod.server.wiring;

import java.net.URI;
import tripod.identity.access.AccessDecider;
import tripod.identity.access.Agent;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.PublicGate;
import tripod.syntax.AccessMode;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodNames;

/** The store's access index and identity's decider, put together: may everybody read this? */
record AclAccess(Late<AccessDecider> decider) implements PublicGate.PubliclyReadable {
  /** Whose pod it is makes no difference to somebody who is not known. */
  private static final PodNames ANYBODYS =
      new PodNames(
          PodStore.HOST,
          new Did("did:web:localhost"),
          new Handle("nobody.localhost"),
          URI.create("http://nobody.localhost"),
          "nobody");

  @Override
  public boolean isPublic(PodReader view, PodPath path) {
    return decider
        .get()
        .modes(ANYBODYS, view.acl(path).rules(), Agent.ANYONE)
        .contains(AccessMode.READ);
  }
}
