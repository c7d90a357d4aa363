package tripod.console.session;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;

/** {@code /console/sign-in}: name and password in, session out. */
public final class SignIn {
  /** Its address. */
  public static final String PATH = "/console/sign-in";

  private static final String HOME = "/console";

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;
  private final boolean openSignUp;

  /**
   * Makes the page.
   *
   * @param openSignUp whether everybody may make an account here
   */
  public SignIn(Guard guard, Pages pages, Accounts accounts, boolean openSignUp) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
    this.openSignUp = openSignUp;
  }

  /** Shows the form; somebody signed in already is sent on. */
  public void get(Context request, Visitor visitor) {
    String next = next(request.queryParam("next"));
    if (visitor.session().isPresent()) {
      pages.sendOn(request, next);
    } else {
      show(
          request,
          visitor,
          200,
          new SignInForm("", next, Optional.empty(), visitor.formToken(), openSignUp));
    }
  }

  /** Signs in. */
  public void post(Context request, Visitor visitor) {
    String name = text(request.formParam("name")).strip();
    String next = next(request.formParam("next"));
    try {
      Account account = accounts.signIn(name, Secret.of(text(request.formParam("password"))));
      if (!Sessions.admits(account)) {
        again(
            request,
            visitor,
            403,
            name,
            next,
            "This account is halted. Ask the people who run this server.");
        return;
      }
      visitor.signIn(account);
      pages.sendOn(request, next);
    } catch (IdentityFailure.BadPassword wrong) {
      // One text for both: it does not tell which names exist (SEC-51).
      again(request, visitor, 422, name, next, "Name and password do not belong together.");
    }
  }

  private void again(
      Context request, Visitor visitor, int status, String name, String next, String error) {
    show(
        request,
        visitor,
        status,
        new SignInForm(name, next, Optional.of(error), visitor.formToken(), openSignUp));
  }

  private void show(Context request, Visitor visitor, int status, SignInForm form) {
    pages.send(
        request,
        status,
        "session/signIn.jte",
        guard.frame(visitor, "Sign in", Frame.Place.NONE),
        form);
  }

  /** Returns a way on that stays inside the console, whatever was asked for. */
  static String next(@org.jspecify.annotations.Nullable String wanted) {
    if (wanted == null) {
      return HOME;
    }
    boolean inside =
        wanted.equals(HOME) || wanted.startsWith(HOME + "/") || wanted.startsWith(HOME + "?");
    boolean plain = wanted.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\');
    return inside && plain && !wanted.startsWith(PATH) ? wanted : HOME;
  }

  private static String text(@org.jspecify.annotations.Nullable String field) {
    return field == null ? "" : field;
  }
}
