package tripod.console.member;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;

/**
 * {@code /console/new}: makes an account. Open to everybody where the server has open sign-up,
 * otherwise to its hosts.
 */
public final class NewMember {
  /** Its address. */
  public static final String PATH = "/console/new";

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;
  private final IdentityConfig config;
  private final boolean openSignUp;

  /** Makes the page. */
  public NewMember(
      Guard guard, Pages pages, Accounts accounts, IdentityConfig config, boolean openSignUp) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
    this.config = config;
    this.openSignUp = openSignUp;
  }

  /** Shows the form. */
  public void get(Context request, Visitor visitor) {
    if (mayMake(visitor)) {
      show(request, visitor, 200, "", "", Optional.empty());
    } else {
      closed(request, visitor);
    }
  }

  /** Makes the account; a stranger is then signed in to it. */
  public void post(Context request, Visitor visitor) {
    if (!mayMake(visitor)) {
      closed(request, visitor);
      return;
    }
    String name = text(request.formParam("name")).strip();
    String email = text(request.formParam("email")).strip();
    Secret password = Secret.of(text(request.formParam("password")));
    try {
      Account made =
          accounts
              .create(
                  NewAccount.of(
                      config.handleOf(name),
                      email.isEmpty() ? Optional.empty() : Optional.of(email),
                      password))
              .account();
      if (visitor.session().isPresent()) {
        pages.sendOn(request, Members.PATH + "/" + made.handle() + "?new=1");
      } else {
        visitor.signIn(made);
        pages.sendOn(request, OwnAddresses.PATH + "?new=1");
      }
    } catch (IdentityFailure.HandleTaken taken) {
      show(request, visitor, 409, name, email, Optional.of("Somebody has this name already."));
    } catch (IdentityFailure.RateLimited | IdentityFailure.Unavailable later) {
      throw later;
    } catch (IdentityFailure refused) {
      show(request, visitor, 422, name, email, Optional.of(String.valueOf(refused.getMessage())));
    }
  }

  private boolean mayMake(Visitor visitor) {
    return openSignUp || visitor.session().map(Session::isHost).orElse(false);
  }

  private void closed(Context request, Visitor visitor) {
    guard.problem(
        request,
        visitor,
        Problem.of(
                403,
                "Accounts are made by the people who run this server",
                "Ask one of them for yours.")
            .withNext("/", "Back to the start"));
  }

  private void show(
      Context request,
      Visitor visitor,
      int status,
      String name,
      String email,
      Optional<String> error) {
    boolean forAnother = visitor.session().isPresent();
    pages.send(
        request,
        status,
        "member/newMember.jte",
        guard.frame(visitor, forAnother ? "Make a member" : "Make an account", Frame.Place.MEMBERS),
        new NewMemberForm(
            name,
            email,
            config.handleDomains().getFirst(),
            forAnother,
            error,
            visitor.formToken()));
  }

  private static String text(@org.jspecify.annotations.Nullable String field) {
    return field == null ? "" : field;
  }

  /**
   * The form.
   *
   * @param name as typed before
   * @param email as typed before
   * @param domain under which the name will be
   * @param forAnother whether somebody signed in makes it for somebody else
   * @param error what was wrong
   * @param token form token
   */
  record NewMemberForm(
      String name,
      String email,
      String domain,
      boolean forAnother,
      Optional<String> error,
      String token) {}
}
