package tripod.console.session;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Optional;
import tripod.console.session.Cookies.Kind;

/** The browser behind one request, signed in or not. Lives as long as the request. */
public final class Visitor {
  private static final Duration DEVICE = Duration.ofDays(365);
  private static final Duration VISIT = Duration.ofDays(1);

  private final Context request;
  private final Cookies cookies;
  private final Sessions sessions;
  private Optional<Session> session;
  private Optional<String> cookie;

  Visitor(Context request, Cookies cookies, Sessions sessions) {
    this.request = request;
    this.cookies = cookies;
    this.sessions = sessions;
    Optional<String> held = cookies.read(request, Kind.SESSION);
    this.session = held.flatMap(sessions::find);
    this.cookie = session.isPresent() ? held : cookies.read(request, Kind.VISIT);
  }

  /** Returns the session, when the browser is signed in. */
  public Optional<Session> session() {
    return session;
  }

  /** Returns the token for a form, and gives a browser without a cookie one to bind it to. */
  public String formToken() {
    if (cookie.isEmpty()) {
      String visit = sessions.secret();
      cookies.set(request, Kind.VISIT, visit, VISIT);
      cookie = Optional.of(visit);
    }
    return FormToken.of(cookie.get()).value();
  }

  /** Returns what only this browser holds, and gives it to one that has nothing yet. */
  public String device() {
    return cookies
        .read(request, Kind.DEVICE)
        .orElseGet(
            () -> {
              String device = sessions.secret();
              cookies.set(request, Kind.DEVICE, device, DEVICE);
              return device;
            });
  }

  /** Says whether a listed browser is this one. */
  public boolean isThis(Sessions.Browser browser) {
    return cookies
        .read(request, Kind.SESSION)
        .map(Sessions::digest)
        .filter(browser.id()::equals)
        .isPresent();
  }

  boolean holds(String sentToken) {
    return cookie.isPresent() && FormToken.of(cookie.get()).matches(sentToken);
  }

  /** Signs the browser in, under a new secret whatever it held before. */
  public void signIn(tripod.identity.Account account) {
    cookies.read(request, Kind.SESSION).ifPresent(sessions::end);
    String secret = sessions.begin(account.pod());
    cookies.set(request, Kind.SESSION, secret, Sessions.AGE_MAX);
    cookies.clear(request, Kind.VISIT);
    cookie = Optional.of(secret);
    session = sessions.find(secret);
  }

  /** Signs the browser out. */
  public void signOut() {
    cookies.read(request, Kind.SESSION).ifPresent(sessions::end);
    cookies.clear(request, Kind.SESSION);
    cookie = Optional.empty();
    session = Optional.empty();
  }
}
