package tripod.console.oauth;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tripod.console.look.Frame;
import tripod.console.look.Pages;
import tripod.console.session.Guard;
import tripod.console.session.Session;
import tripod.console.session.Sessions;
import tripod.console.session.Visitor;
import tripod.identity.oauth.AppGrant;
import tripod.identity.oauth.Dialect;
import tripod.identity.token.AppPasswords;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Grant;
import tripod.syntax.PodId;

/** {@code /console/apps}: everything that may act as the member, each ended with one click. */
public final class AppList {
  /** Its address. */
  public static final String PATH = "/console/apps";

  /** Where one is ended. */
  public static final String END = PATH + "/end";

  private final Guard guard;
  private final Pages pages;
  private final Apps apps;
  private final Sessions browsers;
  private final InstantSource clock;

  /** Makes the page. */
  public AppList(Guard guard, Pages pages, Apps apps, Sessions browsers, InstantSource clock) {
    this.guard = guard;
    this.pages = pages;
    this.apps = apps;
    this.browsers = browsers;
    this.clock = clock;
  }

  /** Shows the page. */
  public void get(Context request, Visitor visitor, Session session) {
    PodId pod = session.account().pod();
    pages.send(
        request,
        200,
        "oauth/apps.jte",
        guard.frame(visitor, "Apps and sessions", Frame.Place.APPS),
        new Shown(
            apps(pod),
            browsers.list(pod).stream().map(one -> browser(one, visitor)).toList(),
            request.queryParam("ended") != null,
            visitor.formToken()));
  }

  /** Ends one; its tokens are cut at once (SEC-61). */
  public void end(Context request, Visitor visitor, Session session) {
    PodId pod = session.account().pod();
    String id = text(request.formParam("id"));
    switch (text(request.formParam("kind"))) {
      case "app" -> apps.grants().revoke(pod, id);
      case "session" -> apps.sessions().end(pod, id);
      case "password" -> apps.passwords().revoke(pod, id);
      case "script" -> apps.credentials().revoke(pod, id);
      case "browser" -> browsers.end(pod, id);
      default -> {
        // Nothing of that kind is listed, so there is nothing to end.
      }
    }
    pages.sendOn(request, PATH + "?ended=1");
  }

  private List<Line> apps(PodId pod) {
    List<Line> lines = new ArrayList<>();
    for (AppGrant grant : apps.grants().list(pod)) {
      lines.add(app(grant));
    }
    for (tripod.identity.token.Sessions.Listed one : apps.sessions().list(pod)) {
      lines.add(
          new Line(
              "session",
              one.lineage(),
              one.appPassword()
                  .map(name -> "App password “" + name + "”")
                  .orElse("An app with your password"),
              "Bluesky and the Atmosphere",
              one.kind() == Grant.Kind.FULL ? "everything" : "what an app password may",
              "last renewed " + when(one.renewed()),
              false));
    }
    for (AppPasswords.Listed one : apps.passwords().list(pod)) {
      lines.add(
          new Line(
              "password",
              one.name(),
              "App password “" + one.name() + "” itself",
              "Bluesky and the Atmosphere",
              one.privileged() ? "signing in, with messages" : "signing in, without messages",
              "made " + when(one.created()),
              false));
    }
    for (ClientCredentials.Listed one : apps.credentials().listed(pod)) {
      lines.add(
          new Line(
              "script",
              one.clientId(),
              "Script “" + one.label() + "”",
              "Solid and ActivityPub",
              "webid activitypub",
              "made " + when(one.created()),
              false));
    }
    return lines;
  }

  private Line app(AppGrant grant) {
    String title =
        grant.clientId().startsWith("https://")
            ? ConsentPage.App.host(grant.clientId())
            : grant.clientId().startsWith("http://localhost")
                ? "An app on your own device"
                : grant.clientName().orElse(grant.clientId());
    return new Line(
        "app",
        grant.id(),
        title,
        door(grant.dialect()),
        String.join(" ", grant.scopes()),
        "let in " + when(grant.created()) + ", last used " + when(grant.used()),
        false);
  }

  private static String door(Dialect dialect) {
    return switch (dialect) {
      case ATPROTO -> "Bluesky and the Atmosphere";
      case SOLID -> "Solid";
      case MASTODON -> "Mastodon apps";
    };
  }

  private Line browser(Sessions.Browser browser, Visitor visitor) {
    boolean here = visitor.isThis(browser);
    return new Line(
        "browser",
        browser.id(),
        here ? "This browser" : "Another browser",
        "Console",
        "",
        "signed in " + when(browser.signedIn()) + ", last seen " + when(browser.lastSeen()),
        here);
  }

  private String when(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    long days = ChronoUnit.DAYS.between(day, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
    return days <= 0 ? "today" : days == 1 ? "yesterday" : "on " + day;
  }

  private static String text(@Nullable String field) {
    return field == null ? "" : field;
  }

  /**
   * What the page shows.
   *
   * @param apps programs
   * @param browsers signed in to the console
   * @param ended whether one was ended a moment ago
   * @param token form token
   */
  record Shown(List<Line> apps, List<Line> browsers, boolean ended, String token) {}

  /**
   * One that may act.
   *
   * @param kind how it got in
   * @param id within its kind
   * @param title what it is
   * @param door where it acts
   * @param scopes what it may do
   * @param used when
   * @param isHere whether it is the browser that asks
   */
  record Line(
      String kind,
      String id,
      String title,
      String door,
      String scopes,
      String used,
      boolean isHere) {}
}
