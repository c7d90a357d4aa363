package tripod.console.session;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.podstore.PodFailure;

/**
 * Stands before every page of the console: finds out who asks, checks where a change comes from,
 * and turns what goes wrong into a page.
 */
public final class Guard {
  private static final Logger LOG = LoggerFactory.getLogger(Guard.class);

  private final Pages pages;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Cookies cookies;
  private final SameOrigin sameOrigin;
  private final SecureRandom random;

  /** Makes the guard of the console at an origin. */
  public Guard(Pages pages, Accounts accounts, Sessions sessions, URI origin, SecureRandom random) {
    this.pages = pages;
    this.accounts = accounts;
    this.sessions = sessions;
    this.cookies = new Cookies(origin);
    this.sameOrigin = new SameOrigin(origin);
    this.random = random;
  }

  /** A page for everybody. */
  @FunctionalInterface
  public interface OpenPage {
    /** Answers. */
    void answer(Context request, Visitor visitor);
  }

  /** A page for somebody signed in. */
  @FunctionalInterface
  public interface MemberPage {
    /** Answers. */
    void answer(Context request, Visitor visitor, Session session);
  }

  /** Guards a page that everybody may see. */
  public Handler open(OpenPage page) {
    return request -> guarded(request, false, page);
  }

  /** Guards a change that everybody may ask for. */
  public Handler openChange(OpenPage page) {
    return request -> guarded(request, true, page);
  }

  /** Guards a page that needs somebody signed in; a stranger is sent to sign in first. */
  public Handler member(MemberPage page) {
    return request -> guarded(request, false, (r, visitor) -> asMember(r, visitor, page));
  }

  /** Guards a change that needs somebody signed in. */
  public Handler memberChange(MemberPage page) {
    return request -> guarded(request, true, (r, visitor) -> asMember(r, visitor, page));
  }

  /** Returns the frame of a page for a visitor. */
  public Frame frame(Visitor visitor, String title, Frame.Place at) {
    Optional<Frame.Me> me =
        visitor
            .session()
            .map(
                session ->
                    new Frame.Me(
                        session.account().handle().value(),
                        accounts.names(session.account()).storage().toString(),
                        session.isHost()));
    return new Frame(title, at, me, me.isPresent() ? visitor.formToken() : "", pages.ownAssets());
  }

  /** Sends a problem in the frame of a visitor. */
  public void problem(Context request, Visitor visitor, Problem problem) {
    pages.sendProblem(
        request, Optional.of(frame(visitor, problem.what(), Frame.Place.NONE)), problem);
  }

  private void guarded(Context request, boolean change, OpenPage page) {
    Visitor visitor = new Visitor(request, cookies, sessions);
    if (change && !sentByUs(request, visitor)) {
      problem(
          request,
          visitor,
          Problem.of(
                  403,
                  "This form was not sent from here",
                  "To keep other sites from acting in your name, a form must be opened and sent in"
                      + " the same browser, with cookies on. Nothing was changed. Open the page"
                      + " again and send it once more.")
              .withNext("/console", "Open the console"));
      return;
    }
    try {
      page.answer(request, visitor);
    } catch (IdentityFailure failure) {
      problem(request, visitor, ofIdentity(request, failure));
    } catch (PodFailure failure) {
      problem(request, visitor, ofPod(failure));
    } catch (RuntimeException broken) {
      String id = HexFormat.of().toHexDigits(random.nextInt());
      LOG.error("console fault {} at {} {}", id, request.method(), request.path(), broken);
      problem(
          request,
          visitor,
          new Problem(
              500,
              "Something broke on our side",
              "The page could not be made. What you sent may not have been kept.",
              "/console",
              "Back to your posts",
              Optional.of(id)));
    }
  }

  private boolean sentByUs(Context request, Visitor visitor) {
    if (!isForm(request.contentType())) {
      return false;
    }
    String token = request.formParam(FormToken.FIELD);
    String host = request.header("Host");
    return sameOrigin.holds(
            Optional.ofNullable(request.header("Origin")),
            Optional.ofNullable(request.header("Sec-Fetch-Site")),
            host == null ? "" : host.toLowerCase(Locale.ROOT))
        && token != null
        && visitor.holds(token);
  }

  /** Our forms have one encoding; what else comes was made elsewhere, and is not read at all. */
  private static boolean isForm(@Nullable String type) {
    return type != null
        && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  private void asMember(Context request, Visitor visitor, MemberPage page) {
    Optional<Session> session = visitor.session();
    if (session.isPresent()) {
      page.answer(request, visitor, session.get());
    } else if (request.header("HX-Request") != null) {
      // The script would put the sign-in page into a corner of this one; it goes there instead.
      pages.sendOn(request, "/console/sign-in");
      request.status(401).header("HX-Redirect", "/console/sign-in");
    } else {
      String query = request.queryString();
      String wanted = request.path() + (query == null ? "" : "?" + query);
      pages.sendOn(
          request,
          request.method().name().equals("GET")
              ? "/console/sign-in?next=" + URLEncoder.encode(wanted, StandardCharsets.UTF_8)
              : "/console/sign-in");
    }
  }

  private static Problem ofIdentity(Context request, IdentityFailure failure) {
    int status =
        switch (failure) {
          case IdentityFailure.InvalidHandle f -> 422;
          case IdentityFailure.HandleTaken f -> 409;
          case IdentityFailure.UnsupportedDomain f -> 422;
          case IdentityFailure.InvalidEmail f -> 422;
          case IdentityFailure.EmailTaken f -> 409;
          case IdentityFailure.InvalidInvite f -> 403;
          case IdentityFailure.WeakPassword f -> 422;
          case IdentityFailure.BadPassword f -> 403;
          case IdentityFailure.BadToken f -> 403;
          case IdentityFailure.ExpiredToken f -> 403;
          case IdentityFailure.Forbidden f -> 403;
          case IdentityFailure.NotFound f -> 404;
          case IdentityFailure.Conflict f -> 409;
          case IdentityFailure.Invalid f -> 422;
          case IdentityFailure.Gone f -> 410;
          case IdentityFailure.Unsupported f -> 422;
          case IdentityFailure.Unavailable f -> 503;
          case IdentityFailure.Inactive f -> 403;
          case IdentityFailure.RateLimited f -> {
            Duration wait = f.retryAfter();
            request.header("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
            yield 429;
          }
        };
    return Problem.ofStatus(status, String.valueOf(failure.getMessage()));
  }

  private static Problem ofPod(PodFailure failure) {
    int status =
        switch (failure) {
          case PodFailure.NotFound f -> 404;
          case PodFailure.Gone f -> 410;
          case PodFailure.Conflict f -> 409;
          case PodFailure.Refused f -> 422;
          case PodFailure.Invalid f -> 400;
          case PodFailure.TooLarge f -> 413;
          case PodFailure.OverQuota f -> 413;
          case PodFailure.Full f -> 507;
          case PodFailure.Unavailable f -> 503;
          case PodFailure.Stalled f -> 503;
        };
    return Problem.ofStatus(status, String.valueOf(failure.getMessage()));
  }
}
