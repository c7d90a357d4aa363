package tripod.console.oauth;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Visitor;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.oauth.Answered;
import tripod.identity.oauth.Asking;
import tripod.identity.oauth.Authorizations;
import tripod.identity.oauth.Params;

/** {@code /oauth/authorize}: an app asks, a person signs in and says what they grant. */
public final class Authorize {
  /** Where it begins. */
  public static final String PATH = Authorizations.PATH;

  /** Where the password goes. */
  public static final String SIGN_IN = PATH + "/sign-in";

  /** Where the decision goes. */
  public static final String DECIDE = PATH + "/decide";

  /** A sign-in older than this is asked for again before something is granted (atproto.md 5.8). */
  static final Duration SIGN_IN_AGE_MAX = Duration.ofDays(7);

  private final Guard guard;
  private final Pages pages;
  private final Accounts accounts;
  private final Authorizations authorizations;
  private final InstantSource clock;

  /** Makes the pages. */
  public Authorize(
      Guard guard,
      Pages pages,
      Accounts accounts,
      Authorizations authorizations,
      InstantSource clock) {
    this.guard = guard;
    this.pages = pages;
    this.accounts = accounts;
    this.authorizations = authorizations;
    this.clock = clock;
  }

  /** Shows what the request needs next: sign-in, the choice of an account, or consent. */
  public void get(Context request, Visitor visitor) {
    follow(request, visitor, authorizations.open(Params.ofQuery(request), visitor.device()), null);
  }

  /** Signs in, and goes on with the request. */
  public void signIn(Context request, Visitor visitor) {
    String name = text(request.formParam("name")).strip();
    String error;
    try {
      Account account = accounts.signIn(name, Secret.of(text(request.formParam("password"))));
      if (account.isActive()) {
        visitor.signIn(account);
        pages.sendOn(request, page(request) + "&chosen=1");
        return;
      }
      error = "This account is not active, and cannot let apps in.";
    } catch (IdentityFailure.BadPassword wrong) {
      // One text for both: it does not tell which names exist (SEC-51).
      error = "Name and password do not belong together.";
    }
    Authorizations.Step step =
        authorizations.open(
            new Params(
                Map.of(
                    "client_id", List.of(text(request.formParam("client_id"))),
                    "request_uri", List.of(text(request.formParam("request_uri"))))),
            visitor.device());
    follow(request, visitor, step, new Retry(name, error));
  }

  /** Grants or refuses. */
  public void decide(Context request, Visitor visitor) {
    String uri = text(request.formParam("request_uri"));
    String clientId = text(request.formParam("client_id"));
    if (!text(request.formParam("decision")).equals("grant")) {
      follow(request, visitor, authorizations.refuse(uri, clientId, visitor.device()), null);
      return;
    }
    Optional<Session> session = visitor.session().filter(this::isFresh);
    if (session.isEmpty()
        || !session.get().account().did().value().equals(text(request.formParam("account")))) {
      // Signed out meanwhile, or as somebody else in another tab: the person is asked again.
      pages.sendOn(request, page(request));
      return;
    }
    follow(
        request,
        visitor,
        authorizations.approve(
            uri,
            clientId,
            visitor.device(),
            session.get().account(),
            Set.copyOf(request.formParams("scope"))),
        null);
  }

  private record Retry(String name, String error) {}

  private void follow(
      Context request, Visitor visitor, Authorizations.Step step, @Nullable Retry retry) {
    switch (step) {
      case Authorizations.Step.Kept(String clientId, String requestUri) ->
          pages.sendOn(request, page(clientId, requestUri));
      case Authorizations.Step.Back(Answered answer) -> send(request, visitor, answer);
      case Authorizations.Step.Ask(Asking asking) -> ask(request, visitor, asking, retry);
      case Authorizations.Step.Broken(String reason) -> broken(request, visitor, reason);
    }
  }

  private void broken(Context request, Visitor visitor, String reason) {
    guard.problem(
        request,
        visitor,
        Problem.of(
                400,
                "This app's request does not hold",
                Character.toUpperCase(reason.charAt(0))
                    + reason.substring(1)
                    + ". Go back to the app and begin again.")
            .withNext("/console", "Open the console"));
  }

  private void ask(Context request, Visitor visitor, Asking asking, @Nullable Retry retry) {
    boolean chosen = request.queryParam("chosen") != null;
    Optional<Account> signedIn =
        visitor
            .session()
            .filter(this::isFresh)
            .filter(
                session -> !asking.wantsSignIn() || !session.signedIn().isBefore(asking.created()))
            .map(Session::account)
            .filter(Account::isActive)
            .filter(account -> request.queryParam("other") == null && retry == null)
            .filter(account -> chosen || asking.expected().map(account::equals).orElse(true));
    if (signedIn.isEmpty()) {
      String name =
          retry != null
              ? retry.name()
              : asking.expected().map(one -> one.handle().value()).or(asking::hint).orElse("");
      show(
          request,
          "oauth/signIn.jte",
          "Sign in",
          asking,
          new ConsentPage(
              ConsentPage.App.of(asking),
              asking.requestUri(),
              "",
              List.of(),
              List.of(),
              name,
              Optional.ofNullable(retry).map(Retry::error),
              visitor.formToken()),
          retry == null ? 200 : 422,
          visitor);
    } else {
      boolean choose = asking.wantsChoice() && !chosen;
      show(
          request,
          choose ? "oauth/choose.jte" : "oauth/consent.jte",
          choose ? "Choose an account" : "Let an app in",
          asking,
          consent(asking, signedIn.get(), visitor),
          200,
          visitor);
    }
  }

  private static ConsentPage consent(Asking asking, Account account, Visitor visitor) {
    List<ConsentPage.Right> rights =
        asking.scopes().stream()
            .map(
                asked -> {
                  Words.Line line = Words.of(asking.dialect(), asked);
                  return new ConsentPage.Right(
                      asked.scope(), line.title(), line.details(), asked.required());
                })
            .toList();
    return new ConsentPage(
        ConsentPage.App.of(asking),
        asking.requestUri(),
        account.handle().value(),
        rights,
        Words.never(asking.dialect()),
        account.did().value(),
        Optional.empty(),
        visitor.formToken());
  }

  private void show(
      Context request,
      String template,
      String title,
      Asking asking,
      ConsentPage page,
      int status,
      Visitor visitor) {
    pages.sendLeading(
        request,
        status,
        template,
        guard.frame(visitor, title, Frame.Place.ALONE),
        page,
        asking.formTarget());
  }

  private void send(Context request, Visitor visitor, Answered answer) {
    switch (answer.mode()) {
      case REDIRECT -> pages.sendOn(request, answer.location());
      case FORM ->
          answer(request, visitor, new AnswerPage(answer.redirect(), answer.params(), ""), answer);
      case SHOWN -> {
        String code = answer.params().get("code");
        if (code == null) {
          broken(
              request,
              visitor,
              answer.params().getOrDefault("error_description", "It was refused"));
        } else {
          answer(request, visitor, new AnswerPage("", Map.of(), code), answer);
        }
      }
    }
  }

  private void answer(Context request, Visitor visitor, AnswerPage page, Answered answer) {
    pages.sendLeading(
        request,
        200,
        "oauth/answer.jte",
        guard.frame(visitor, "Back to the app", Frame.Place.ALONE),
        page,
        answer.formTarget());
  }

  private boolean isFresh(Session session) {
    return session.signedIn().plus(SIGN_IN_AGE_MAX).isAfter(clock.instant());
  }

  private static String page(Context request) {
    return page(text(request.formParam("client_id")), text(request.formParam("request_uri")));
  }

  private static String page(String clientId, String requestUri) {
    return Map.of("client_id", clientId, "request_uri", requestUri).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&", PATH + "?", ""));
  }

  private static String text(@Nullable String field) {
    return field == null ? "" : field;
  }
}
