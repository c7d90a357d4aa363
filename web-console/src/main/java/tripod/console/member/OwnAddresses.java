package tripod.console.member;

import io.javalin.http.Context;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Accounts;

/** {@code GET /console/addresses}: all that the signed-in person is called. */
public final class OwnAddresses {
  /** Its address. */
  public static final String PATH = "/console/addresses";

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;

  /** Makes the page. */
  public OwnAddresses(Guard guard, Pages pages, Accounts accounts) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
  }

  /** Shows the page. */
  public void get(Context request, Visitor visitor, Session session) {
    boolean isNew = request.queryParam("new") != null;
    pages.send(
        request,
        200,
        "member/addresses.jte",
        guard.frame(visitor, isNew ? "Welcome" : "Your addresses", Frame.Place.ADDRESSES),
        AddressList.of(
            session.account(), accounts.names(session.account()), isNew, /* isOwn= */ true));
  }
}
