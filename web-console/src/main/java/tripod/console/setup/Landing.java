package tripod.console.setup;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.session.Guard;
import tripod.console.session.Hosts;
import tripod.console.session.Visitor;
import tripod.identity.IdentityConfig;

/** {@code GET /} on the service host: what this place is, and the way in. */
public final class Landing {
  private final Guard guard;
  private final Pages pages;
  private final IdentityConfig config;
  private final boolean openSignUp;
  private final Hosts hosts;

  /** Makes the page. */
  public Landing(Guard guard, Pages pages, IdentityConfig config, boolean openSignUp, Hosts hosts) {
    this.guard = guard;
    this.pages = pages;
    this.config = config;
    this.openSignUp = openSignUp;
    this.hosts = hosts;
  }

  /** Shows the page. */
  public void get(Context request, Visitor visitor) {
    String authority = config.podOrigin("alice" + config.handleDomains().getFirst()).getAuthority();
    pages.send(
        request,
        200,
        "setup/landing.jte",
        guard.frame(visitor, config.origin().getAuthority(), Frame.Place.NONE),
        new LandingView(
            config.origin().getAuthority(),
            config.origin().getScheme() + "://" + authority + "/",
            "alice" + config.handleDomains().getFirst(),
            "alice@" + authority,
            config.lab(),
            openSignUp,
            hosts.isEmpty(),
            visitor.session().map(session -> session.account().handle().value())));
  }

  /**
   * What the landing page shows.
   *
   * @param place host and port of the service
   * @param examplePod address of a pod, for example
   * @param exampleHandle its handle
   * @param exampleAcct its fediverse address
   * @param isLab whether this is the lab
   * @param openSignUp whether anybody may make an account
   * @param needsSetUp whether nobody runs the server yet
   * @param me handle of who is signed in
   */
  record LandingView(
      String place,
      String examplePod,
      String exampleHandle,
      String exampleAcct,
      boolean isLab,
      boolean openSignUp,
      boolean needsSetUp,
      Optional<String> me) {}
}
