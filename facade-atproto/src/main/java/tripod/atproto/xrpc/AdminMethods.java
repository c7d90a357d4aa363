package tripod.atproto.xrpc;

import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import tripod.identity.Accounts;
import tripod.identity.Invites;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.Route;
import tripod.syntax.Nsid;

/** The methods of operators and moderators with their addresses (atproto.md 1.2). */
final class AdminMethods {
  private static final String ADMIN = "com.atproto.admin.";
  private static final String SERVER = "com.atproto.server.";

  private final List<Route> routes = new ArrayList<>();
  private final AdminAuthentication authentication;

  /** What operators' methods share with the others. */
  record Shared(Authentication members, Repos repos, Mails mails, OwnIdentity identities) {}

  AdminMethods(XrpcDoor.Parts parts, AdminAuthentication authentication, Shared shared) {
    this.authentication = authentication;
    IdentityRoom identity = parts.identity();
    Accounts accounts = identity.accounts();
    AccountViews views = new AccountViews(accounts, identity.accountQueries(), identity.invites());
    subjects(parts, views, shared.identities());
    moderatorQuery(ADMIN + "getAccountInfo", new GetAccountInfo(views));
    moderatorQuery(ADMIN + "getAccountInfos", new GetAccountInfos(accounts, views));
    moderatorQuery(
        ADMIN + "searchAccounts", new SearchAccounts(accounts, identity.accountQueries(), views));
    moderator(ADMIN + "sendEmail", new SendEmail(views, shared.mails(), identity.audit()));
    operator(
        ADMIN + "updateAccountHandle", new UpdateAccountHandle(accounts, views, identity.dids()));
    operator(ADMIN + "updateAccountEmail", new UpdateAccountEmail(accounts, shared.repos()));
    operator(ADMIN + "updateAccountPassword", new UpdateAccountPassword(accounts, views));
    operator(
        ADMIN + "updateAccountSigningKey",
        new UpdateAccountSigningKey(
            accounts,
            views,
            new UpdateAccountSigningKey.Keys(
                identity.reservedKeys(), identity.identityChanges(), identity.dids())));
    operator(
        "com.atproto.temp.revokeAccountCredentials",
        new RevokeAccountCredentials(accounts, identity.appPasswords(), shared.repos()));
    operator(
        "com.atproto.temp.addReservedHandle",
        new AddReservedHandle(identity.reservedHandles(), identity.config(), identity.audit()));
    operator(ADMIN + "deleteAccount", new AdminDeleteAccount(accounts, views));
    invites(identity, views, shared.members());
  }

  private void subjects(XrpcDoor.Parts parts, AccountViews views, OwnIdentity identities) {
    IdentityRoom identity = parts.identity();
    Subjects subjects = new Subjects(parts.store(), views);
    moderatorQuery(
        ADMIN + "getSubjectStatus",
        new GetSubjectStatus(parts.store(), subjects, identity.takedowns()));
    moderator(
        ADMIN + "updateSubjectStatus",
        new UpdateSubjectStatus(
            identity.accounts(), subjects, identity.takedowns(), identities, parts.clock()));
  }

  private void invites(IdentityRoom identity, AccountViews views, Authentication members) {
    Invites invites = identity.invites();
    moderatorQuery(ADMIN + "getInviteCodes", new GetInviteCodes(invites, views));
    moderator(ADMIN + "disableInviteCodes", new DisableInviteCodes(invites, views));
    moderator(
        ADMIN + "disableAccountInvites",
        new SetAccountInvites(invites, views, identity.audit(), false));
    moderator(
        ADMIN + "enableAccountInvites",
        new SetAccountInvites(invites, views, identity.audit(), true));
    operator(SERVER + "createInviteCode", new CreateInviteCode(invites, views));
    operator(SERVER + "createInviteCodes", new CreateInviteCodes(invites, views));
    query(SERVER + "getAccountInviteCodes", new GetAccountInviteCodes(invites, members, views));
  }

  List<Route> routes() {
    return List.copyOf(routes);
  }

  private void moderatorQuery(String method, Handler handler) {
    query(method, new AdminMethod(authentication, new Nsid(method), true, handler));
  }

  private void query(String method, Handler handler) {
    routes.add(
        Route.get(Route.HostKind.SERVICE, XrpcDoor.PATH + method, XrpcDoor.guarded(handler)));
  }

  private void moderator(String method, Handler handler) {
    procedure(method, new AdminMethod(authentication, new Nsid(method), true, handler));
  }

  private void operator(String method, Handler handler) {
    procedure(method, new AdminMethod(authentication, new Nsid(method), false, handler));
  }

  private void procedure(String method, Handler handler) {
    routes.add(
        Route.post(
            Route.HostKind.SERVICE,
            XrpcDoor.PATH + method,
            Route.Access.TOKEN,
            XrpcDoor.BODY_BYTES_MAX,
            Route.RateClass.WRITE,
            XrpcDoor.guarded(handler)));
  }
}
