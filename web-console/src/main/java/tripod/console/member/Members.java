package tripod.console.member;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.PathParams;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/** {@code GET /console/members} and one member's page below it, for those who run the server. */
public final class Members {
  /** Its address. */
  public static final String PATH = "/console/members";

  private static final int PAGE_SIZE = 50;

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;

  /** Makes the pages. */
  public Members(Guard guard, Pages pages, Accounts accounts) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
  }

  /** Lists the members. */
  public void list(Context request, Visitor visitor, Session session) {
    if (refuse(request, visitor, session)) {
      return;
    }
    // The pod's number is nobody's business (PodId): the way on names the last handle.
    Optional<PodId> after =
        Optional.ofNullable(request.queryParam("after"))
            .filter(Handle::isValid)
            .flatMap(text -> accounts.byHandle(new Handle(text)))
            .map(Account::pod);
    List<Account> found = accounts.list(after, PAGE_SIZE + 1);
    List<Account> shown = found.subList(0, Math.min(PAGE_SIZE, found.size()));
    Optional<String> more =
        found.size() > PAGE_SIZE ? Optional.of(shown.getLast().handle().value()) : Optional.empty();
    pages.send(
        request,
        200,
        "member/members.jte",
        guard.frame(visitor, "Members", Frame.Place.MEMBERS),
        new MemberList(
            accounts.count(),
            shown.stream()
                .map(
                    account ->
                        new Line(
                            account.handle().value(),
                            account.state().name().toLowerCase(java.util.Locale.ROOT),
                            account.isActive(),
                            account.created().toString().substring(0, 10)))
                .toList(),
            more));
  }

  /** Shows one member's addresses. */
  public void one(Context request, Visitor visitor, Session session) {
    if (refuse(request, visitor, session)) {
      return;
    }
    String text = PathParams.of(request, "handle");
    Optional<Account> account =
        Handle.isValid(text) ? accounts.byHandle(new Handle(text)) : Optional.empty();
    if (account.isEmpty()) {
      guard.problem(
          request,
          visitor,
          Problem.of(404, "There is nobody of that name here", "Perhaps the handle was changed.")
              .withNext(PATH, "All members"));
      return;
    }
    boolean isNew = request.queryParam("new") != null;
    pages.send(
        request,
        200,
        "member/addresses.jte",
        guard.frame(visitor, account.get().handle().value(), Frame.Place.MEMBERS),
        AddressList.of(account.get(), accounts.names(account.get()), isNew, /* isOwn= */ false));
  }

  private boolean refuse(Context request, Visitor visitor, Session session) {
    if (session.isHost()) {
      return false;
    }
    guard.problem(
        request,
        visitor,
        Problem.of(
            403, "This page is for the people who run the server", "Your account is not one."));
    return true;
  }

  /**
   * What the list shows.
   *
   * @param count of all members
   * @param lines one each
   * @param more handle to go on behind
   */
  record MemberList(long count, List<Line> lines, Optional<String> more) {}

  /** One member. */
  record Line(String handle, String state, boolean isActive, String since) {}
}
