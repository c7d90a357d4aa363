package tripod.console.setup;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.session.Guard;
import tripod.console.session.Hosts;
import tripod.console.session.Visitor;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;

/**
 * {@code /console/setup}: whoever has the code that the server printed makes the first host
 * (SEC-96).
 */
public final class SetUp {
  /** Its address. */
  public static final String PATH = "/console/setup";

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;
  private final IdentityConfig config;
  private final Hosts hosts;
  private final SetUpCode code;

  /** Makes the page. */
  public SetUp(
      Guard guard,
      Pages pages,
      Accounts accounts,
      IdentityConfig config,
      Hosts hosts,
      SetUpCode code) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
    this.config = config;
    this.hosts = hosts;
    this.code = code;
  }

  /** Shows the form, or a place to type the code when the address has none that fits. */
  public void get(Context request, Visitor visitor) {
    if (!hosts.isEmpty()) {
      done(request, visitor);
      return;
    }
    String sent = text(request.queryParam("code"));
    boolean fits = code.matches(sent);
    Optional<String> error =
        fits || sent.isEmpty()
            ? Optional.empty()
            : Optional.of("This code does not fit. Take the one that the server printed last.");
    show(request, visitor, fits || sent.isEmpty() ? 200 : 403, fits ? sent : "", "", error);
  }

  /** Makes the first host and signs them in. */
  public void post(Context request, Visitor visitor) {
    if (!hosts.isEmpty()) {
      done(request, visitor);
      return;
    }
    String sent = text(request.formParam("code")).strip();
    String name = text(request.formParam("name")).strip();
    Secret password = Secret.of(text(request.formParam("password")));
    if (!code.matches(sent)) {
      show(
          request,
          visitor,
          403,
          "",
          name,
          Optional.of("This code does not fit. Take the one that the server printed last."));
      return;
    }
    try {
      Optional<Account> host = code.spend(sent, () -> makeHost(name, password));
      if (host.isEmpty()) {
        done(request, visitor);
        return;
      }
      visitor.signIn(host.get());
      pages.sendOn(request, "/console/addresses?new=1");
    } catch (IdentityFailure.BadPassword taken) {
      show(
          request,
          visitor,
          409,
          sent,
          name,
          Optional.of(
              "This name has an account already. Give its password, or take another name."));
    } catch (IdentityFailure refused) {
      show(request, visitor, 422, sent, name, Optional.of(String.valueOf(refused.getMessage())));
    }
  }

  /**
   * An account of that name becomes the host's if the password fits: a set-up cut short goes on.
   */
  private Account makeHost(String name, Secret password) {
    Account account;
    try {
      account =
          accounts
              .create(NewAccount.of(config.handleOf(name), Optional.empty(), password))
              .account();
    } catch (IdentityFailure.HandleTaken taken) {
      account = accounts.signIn(name, password);
    }
    hosts.add(account.pod());
    return account;
  }

  private void show(
      Context request,
      Visitor visitor,
      int status,
      String fitting,
      String name,
      Optional<String> error) {
    pages.send(
        request,
        status,
        "setup/setUp.jte",
        guard.frame(visitor, "Set up this server", Frame.Place.NONE),
        new SetUpForm(
            fitting, name, config.handleDomains().getFirst(), error, visitor.formToken()));
  }

  private void done(Context request, Visitor visitor) {
    guard.problem(
        request,
        visitor,
        Problem.of(
                410,
                "This server is set up",
                "Somebody runs it already, and the code has been used.")
            .withNext("/console/sign-in", "Sign in"));
  }

  private static String text(@org.jspecify.annotations.Nullable String field) {
    return field == null ? "" : field;
  }

  /**
   * The set-up form.
   *
   * @param code the code when it fits, else empty
   * @param name as typed before
   * @param domain under which the name will be
   * @param error what was wrong
   * @param token form token
   */
  record SetUpForm(String code, String name, String domain, Optional<String> error, String token) {}
}
