package tripod.console.session;

import io.javalin.http.Context;
import tripod.console.look.Pages;

/** {@code POST /console/sign-out}: ends this browser's session. */
public final class SignOut {
  /** Its address. */
  public static final String PATH = "/console/sign-out";

  private final Pages pages;

  /** Makes the handler. */
  public SignOut(Pages pages) {
    this.pages = pages;
  }

  /** Signs out and goes back to the landing page. */
  public void post(Context request, Visitor visitor) {
    visitor.signOut();
    pages.sendOn(request, "/");
  }
}
