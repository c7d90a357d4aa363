package tripod.console;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tripod.console.look.Assets;
import tripod.console.look.Pages;
import tripod.console.look.Problem;
import tripod.console.member.Members;
import tripod.console.member.NewMember;
import tripod.console.member.OwnAddresses;
import tripod.console.oauth.AppList;
import tripod.console.oauth.Apps;
import tripod.console.oauth.Authorize;
import tripod.console.page.PostPage;
import tripod.console.page.ProfilePage;
import tripod.console.post.DeletePost;
import tripod.console.post.EditPost;
import tripod.console.post.Home;
import tripod.console.post.PostPages;
import tripod.console.post.ThreeForms;
import tripod.console.session.Guard;
import tripod.console.session.Hosts;
import tripod.console.session.Sessions;
import tripod.console.session.SignIn;
import tripod.console.session.SignOut;
import tripod.console.setup.Landing;
import tripod.console.setup.SetUp;
import tripod.console.setup.SetUpCode;
import tripod.identity.Accounts;
import tripod.identity.route.Route;
import tripod.identity.route.Route.Access;
import tripod.identity.route.Route.HostKind;
import tripod.identity.route.Route.RateClass;

/** The pages a person sees: the console on the service host, and public pages on pods' hosts. */
public final class ConsoleFacade {
  /** Largest form, in bytes: the longest post, percent-encoded, and the fields beside it. */
  static final long FORM_BYTES_MAX = 256 * 1024;

  private static final String TABLES = "classpath:tripod/console/db";

  private final ConsoleSettings settings;
  private final Accounts accounts;
  private final Pods pods;
  private final Doors doors;
  private final Assets assets;
  private final Pages pages;
  private final Hosts hosts;
  private final Guard guard;
  private final SetUpCode setUpCode;
  private final @Nullable Authorize authorize;
  private final @Nullable AppList appList;

  /**
   * Makes the pages of a host where no app is let in, and brings the console's tables up to date.
   */
  public ConsoleFacade(
      ConsoleSettings settings,
      Accounts accounts,
      Pods pods,
      Doors doors,
      InstantSource clock,
      SecureRandom random) {
    this(settings, accounts, pods, doors, null, clock, random);
  }

  /** Makes the pages and brings the console's tables up to date. */
  public ConsoleFacade(
      ConsoleSettings settings,
      Accounts accounts,
      Pods pods,
      Doors doors,
      @Nullable Apps apps,
      InstantSource clock,
      SecureRandom random) {
    this.settings = settings;
    this.accounts = accounts;
    this.pods = pods;
    this.doors = doors;
    pods.store().sql().migrate("console", TABLES);
    setUpCode = new SetUpCode(settings.setUpCode());
    assets = new Assets();
    pages = new Pages(settings.identity().origin(), settings.podHosts(), assets);
    hosts = new Hosts(pods.store().sql(), clock);
    Sessions sessions = new Sessions(pods.store().sql(), accounts, hosts, clock, random);
    accounts.onChange(sessions::follow);
    guard = new Guard(pages, accounts, sessions, settings.identity().origin(), random);
    authorize =
        apps == null ? null : new Authorize(guard, pages, accounts, apps.authorizations(), clock);
    appList = apps == null ? null : new AppList(guard, pages, apps, sessions, clock);
  }

  /** Says whether nobody runs the server yet, so that the set-up code is good for something. */
  public boolean needsSetUp() {
    return hosts.isEmpty();
  }

  /** Returns the address under which somebody with the set-up code begins. */
  public String setUpAddress() {
    return settings.identity().origin() + SetUp.PATH + "?code=" + settings.setUpCode().reveal();
  }

  /**
   * Says in a page what the doorway found wrong, to somebody with a browser.
   *
   * @return whether it did; a program gets the doorway's own answer
   */
  public boolean problem(Context request, int status, String reason) {
    String accept = request.header("Accept");
    if (accept == null || !accept.contains("text/html")) {
      return false;
    }
    Problem problem =
        Problem.ofStatus(status, reason)
            .withNext(settings.identity().origin() + "/", "Go to the start");
    pages.sendProblem(request, Optional.empty(), problem);
    return true;
  }

  /** Returns the addresses at which the console answers. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    addFirstSteps(routes);
    addMembers(routes);
    addPosts(routes);
    addPublicPages(routes);
    addApps(routes);
    return List.copyOf(routes);
  }

  private void addFirstSteps(List<Route> routes) {
    Landing landing = new Landing(guard, pages, settings.identity(), settings.openSignUp(), hosts);
    SetUp setUp = new SetUp(guard, pages, accounts, settings.identity(), hosts, setUpCode);
    SignIn signIn = new SignIn(guard, pages, accounts, settings.openSignUp());
    SignOut signOut = new SignOut(pages);
    routes.add(get("/", Access.OPEN, guard.open(landing::get)));
    routes.add(get(Assets.PATH + "{version}/{name}", Access.OPEN, assets::get));
    routes.add(get(SetUp.PATH, Access.OPEN, guard.open(setUp::get)));
    routes.add(change(SetUp.PATH, Access.OPEN, RateClass.SIGN_IN, guard.openChange(setUp::post)));
    routes.add(get(SignIn.PATH, Access.OPEN, guard.open(signIn::get)));
    routes.add(change(SignIn.PATH, Access.OPEN, RateClass.SIGN_IN, guard.openChange(signIn::post)));
    routes.add(
        change(SignOut.PATH, Access.SESSION, RateClass.READ, guard.openChange(signOut::post)));
  }

  private void addMembers(List<Route> routes) {
    NewMember newMember =
        new NewMember(guard, pages, accounts, settings.identity(), settings.openSignUp());
    OwnAddresses addresses = new OwnAddresses(guard, pages, accounts);
    Members members = new Members(guard, pages, accounts);
    routes.add(get(NewMember.PATH, Access.OPEN, guard.open(newMember::get)));
    routes.add(
        change(NewMember.PATH, Access.OPEN, RateClass.SIGN_UP, guard.openChange(newMember::post)));
    routes.add(get(OwnAddresses.PATH, Access.SESSION, guard.member(addresses::get)));
    routes.add(get(Members.PATH, Access.SESSION, guard.member(members::list)));
    routes.add(get(Members.PATH + "/{handle}", Access.SESSION, guard.member(members::one)));
  }

  private void addPosts(List<Route> routes) {
    PostPages posts = new PostPages(guard, pages, accounts, pods.store(), pods.lens(), pods.gate());
    Home home = new Home(posts, doors.writer());
    ThreeForms forms = new ThreeForms(posts, doors.forms());
    EditPost edit = new EditPost(posts, doors.writer());
    DeletePost delete = new DeletePost(posts, doors.writer());
    routes.add(get(Home.PATH, Access.SESSION, guard.member(home::get)));
    routes.add(write("/console/posts", guard.memberChange(home::post)));
    routes.add(
        change(
            "/console/preview", Access.SESSION, RateClass.READ, guard.memberChange(home::preview)));
    routes.add(get(ThreeForms.PATH, Access.SESSION, guard.member(forms::get)));
    routes.add(get(EditPost.PATH, Access.SESSION, guard.member(edit::get)));
    routes.add(write(EditPost.PATH, guard.memberChange(edit::post)));
    routes.add(get(DeletePost.PATH, Access.SESSION, guard.member(delete::get)));
    routes.add(write(DeletePost.PATH, guard.memberChange(delete::post)));
  }

  private void addApps(List<Route> routes) {
    if (authorize == null || appList == null) {
      return;
    }
    routes.add(get(AppList.PATH, Access.SESSION, guard.member(appList::get)));
    routes.add(write(AppList.END, guard.memberChange(appList::end)));
    routes.add(get(Authorize.PATH, Access.OPEN, guard.open(authorize::get)));
    routes.add(
        change(
            Authorize.SIGN_IN,
            Access.OPEN,
            RateClass.SIGN_IN,
            guard.openChange(authorize::signIn)));
    routes.add(
        change(Authorize.DECIDE, Access.OPEN, RateClass.READ, guard.openChange(authorize::decide)));
  }

  private void addPublicPages(List<Route> routes) {
    ProfilePage profile =
        new ProfilePage(pages, accounts, pods.store(), pods.lens(), pods.gate(), doors.solid());
    PostPage post =
        new PostPage(pages, accounts, pods.store(), pods.lens(), pods.gate(), doors.solid());
    routes.add(Route.get(HostKind.POD, "/", profile::get).accepting("text/html"));
    routes.add(Route.get(HostKind.POD, "/social/posts/{name}", post::get).accepting("text/html"));
  }

  private static Route get(String path, Access access, Handler handler) {
    return new Route(
        HostKind.SERVICE, Set.of("GET"), path, Set.of(), access, 0, RateClass.READ, false, handler);
  }

  private static Route write(String path, Handler handler) {
    return change(path, Access.SESSION, RateClass.WRITE, handler);
  }

  private static Route change(String path, Access access, RateClass rate, Handler handler) {
    return new Route(
        HostKind.SERVICE,
        Set.of("POST"),
        path,
        Set.of(),
        access,
        FORM_BYTES_MAX,
        rate,
        true,
        handler);
  }
}
