package tripod.atproto.xrpc;

import io.javalin.http.Handler;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tripod.atproto.authority.Lexicons;
import tripod.atproto.proxy.Upstreams;
import tripod.atproto.repo.MstCache;
import tripod.atproto.repo.RecordWriter;
import tripod.atproto.repo.RepoEvents;
import tripod.atproto.repo.RepoExport;
import tripod.atproto.repo.RepoImport;
import tripod.identity.IdentityConfig;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.Route;
import tripod.identity.token.MailCodes;
import tripod.identity.token.MailTexts;
import tripod.podstore.PodStore;
import tripod.syntax.TidClock;

/** All XRPC methods with their addresses. */
public final class XrpcDoor {
  /** Largest body of an ordinary method in bytes (SEC-11). */
  static final int BODY_BYTES_MAX = 150 * 1024;

  /**
   * Of the clock that names records. The other doors name what they make by the pod's revision,
   * whose clock has another id: the two never give one key in the same microsecond.
   */
  private static final int KEY_CLOCK_ID = 1;

  /** What scripts of other origins may read of an answer's header. */
  private static final String EXPOSED =
      "Atproto-Repo-Rev, Atproto-Content-Labelers, Atproto-Upstream-Lag, Retry-After,"
          + " RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy,"
          + " DPoP-Nonce, WWW-Authenticate, Content-Disposition";

  /** What every method's address begins with. */
  static final String PATH = "/xrpc/";

  private final List<Route> routes = new ArrayList<>();

  /** What the door stands on. */
  public record Parts(
      PodStore store,
      IdentityRoom identity,
      RepoServices repo,
      Lexicons lexicons,
      Upstreams upstreams,
      InstantSource clock,
      String version) {}

  /** The repository's services. */
  public record RepoServices(
      RecordWriter records,
      RepoEvents events,
      RepoImport imports,
      RepoExport exports,
      MstCache trees,
      Runnable giveWay) {}

  /** Builds the door. */
  public XrpcDoor(Parts parts) {
    IdentityRoom identity = parts.identity();
    Authentication authentication =
        new Authentication(
            identity.sessions(),
            identity.oauthAccess(),
            identity.accounts(),
            identity.config().origin());
    AdminAuthentication admin =
        new AdminAuthentication(
            identity.adminAuth(),
            identity.serviceAuth(),
            identity.config().serviceDid(),
            parts.upstreams().moderation().map(service -> service.name().did()));
    Repos repos = new Repos(identity.accounts(), authentication, admin);
    NetworkMethods network = new NetworkMethods(parts, authentication, repos);
    server(parts, authentication, admin, repos);
    identity(identity, authentication);
    resolving(parts, authentication);
    repo(parts, authentication, repos, network);
    sync(parts, repos);
    network.queries().forEach(this::query);
    network.procedures().forEach(this::procedure);
    query("_health", new Health(parts.version()));
    routes.add(Route.get(Route.HostKind.POD, "/.well-known/atproto-did", new AtprotoDid()));
    routes.add(
        new Route(
            Route.HostKind.SERVICE,
            Set.of("GET", "POST"),
            PATH + "*",
            Set.of(),
            Route.Access.OPEN,
            UploadBlob.BYTES_MAX,
            Route.RateClass.READ,
            false,
            guarded(network.rest())));
  }

  /** Returns the addresses. */
  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private void server(
      Parts parts, Authentication authentication, AdminAuthentication admin, Repos repos) {
    IdentityRoom identity = parts.identity();
    IdentityConfig config = identity.config();
    OwnIdentity own = new OwnIdentity(identity.dids(), identity.podKeys(), config);
    String ns = "com.atproto.server.";
    query(ns + "describeServer", new DescribeServer(config));
    open(ns + "createAccount", Route.RateClass.SIGN_UP, new CreateAccount(identity));
    open(ns + "createSession", Route.RateClass.SIGN_IN, new CreateSession(identity.sessions()));
    procedure(ns + "refreshSession", new RefreshSession(identity.sessions()));
    procedure(ns + "deleteSession", new DeleteSession(identity.sessions()));
    query(ns + "getSession", new GetSession(authentication));
    procedure(
        ns + "createAppPassword", new CreateAppPassword(identity.appPasswords(), authentication));
    query(ns + "listAppPasswords", new ListAppPasswords(identity.appPasswords(), authentication));
    procedure(
        ns + "revokeAppPassword", new RevokeAppPassword(identity.appPasswords(), authentication));
    query(
        ns + "getServiceAuth",
        new GetServiceAuth(identity.serviceAuth(), authentication, parts.clock()));
    query(
        ns + "checkAccountStatus",
        new CheckAccountStatus(
            parts.store(), authentication, parts.repo().trees(), parts.repo().imports(), own));
    Mails mails =
        new Mails(
            identity.mailer(),
            identity.mailCodes(),
            new MailTexts(config.origin().getHost(), MailCodes.LIFE),
            identity.rateLimiter());
    mail(identity, authentication, mails);
    routes.addAll(
        new AdminMethods(parts, admin, new AdminMethods.Shared(authentication, repos, mails, own))
            .routes());
    query("com.atproto.temp.checkSignupQueue", new CheckSignupQueue(authentication));
    open(
        ns + "reserveSigningKey",
        Route.RateClass.SIGN_UP,
        new ReserveSigningKey(identity.reservedKeys()));
    procedure(
        ns + "activateAccount", new ActivateAccount(identity.accounts(), authentication, own));
    procedure(
        ns + "deactivateAccount",
        new DeactivateAccount(
            identity.accounts(), identity.grants(), identity.appPasswords(), authentication));
  }

  private void mail(IdentityRoom identity, Authentication authentication, Mails mails) {
    String ns = "com.atproto.server.";
    mailing(ns + "requestEmailConfirmation", new RequestEmailConfirmation(authentication, mails));
    procedure(ns + "confirmEmail", new ConfirmEmail(authentication, identity.accounts(), mails));
    mailing(ns + "requestEmailUpdate", new RequestEmailUpdate(authentication, mails));
    procedure(ns + "updateEmail", new UpdateEmail(authentication, identity.accounts(), mails));
    open(
        ns + "requestPasswordReset",
        Route.RateClass.MAIL,
        new RequestPasswordReset(identity.accounts(), mails));
    open(
        ns + "resetPassword",
        Route.RateClass.SIGN_IN,
        new ResetPassword(identity.accounts(), mails));
    mailing(ns + "requestAccountDelete", new RequestAccountDelete(authentication, mails));
    open(
        ns + "deleteAccount",
        Route.RateClass.SIGN_IN,
        new DeleteAccount(identity.accounts(), mails));
    mailing(
        "com.atproto.identity.requestPlcOperationSignature",
        new RequestPlcOperationSignature(authentication, mails));
  }

  private void identity(IdentityRoom identity, Authentication authentication) {
    IdentityConfig config = identity.config();
    String ns = "com.atproto.identity.";
    query(ns + "resolveHandle", new ResolveHandle(identity.accounts(), identity.dids(), config));
    procedure(
        ns + "updateHandle",
        new UpdateHandle(
            identity.accounts(), authentication, identity.dids(), config, identity.rateLimiter()));
    query(
        ns + "getRecommendedDidCredentials",
        new GetRecommendedDidCredentials(
            authentication, identity.podKeys(), identity.hostKeys(), config));
    procedure(
        ns + "signPlcOperation",
        new SignPlcOperation(authentication, identity.mailCodes(), identity.identityChanges()));
    procedure(ns + "submitPlcOperation", new SubmitPlcOperation(authentication, identity));
  }

  private void resolving(Parts parts, Authentication authentication) {
    IdentityRoom identity = parts.identity();
    ResolvedIdentity identities = new ResolvedIdentity(identity.dids(), identity.plc());
    String ns = "com.atproto.";
    query(ns + "identity.resolveDid", new ResolveDid(identities));
    query(ns + "identity.resolveIdentity", new ResolveIdentity(identities));
    procedure(ns + "identity.refreshIdentity", new RefreshIdentity(authentication, identities));
    query(ns + "lexicon.resolveLexicon", new ResolveLexicon(parts.lexicons()));
    query(ns + "temp.checkHandleAvailability", new CheckHandleAvailability(identity.accounts()));
    query(ns + "temp.dereferenceScope", new DereferenceScope());
  }

  private void repo(
      Parts parts, Authentication authentication, Repos repos, NetworkMethods network) {
    PodStore store = parts.store();
    IdentityRoom identity = parts.identity();
    RepoWrites writes =
        new RepoWrites(
            store,
            parts.lexicons(),
            authentication,
            identity.accounts(),
            parts.repo().records(),
            parts.repo().events(),
            parts.repo().giveWay(),
            new TidClock(parts.clock(), KEY_CLOCK_ID));
    WriteRate rate = new WriteRate(identity.rateLimiter());
    String ns = "com.atproto.repo.";
    write(ns + "createRecord", new CreateRecord(writes, rate));
    write(ns + "putRecord", new PutRecord(writes, rate));
    write(ns + "deleteRecord", new DeleteRecord(writes, rate));
    write(ns + "applyWrites", new ApplyWrites(writes, rate));
    query(
        ns + "getRecord",
        network.unlessAnotherRepo(
            ns + "getRecord", new GetRecord(store, repos, identity.takedowns())));
    query(ns + "listRecords", new ListRecords(store, repos, identity.takedowns()));
    query(ns + "describeRepo", new DescribeRepo(store, repos, identity.dids()));
    token(
        ns + "uploadBlob",
        UploadBlob.BYTES_MAX,
        Route.RateClass.UPLOAD,
        new UploadBlob(store, authentication, services(identity), identity.takedowns()));
    query(ns + "listMissingBlobs", new ListMissingBlobs(parts.repo().imports(), authentication));
    token(
        ns + "importRepo",
        ImportRepo.BYTES_MAX,
        Route.RateClass.UPLOAD,
        new ImportRepo(parts.repo().imports(), authentication, identity));
  }

  private void sync(Parts parts, Repos repos) {
    PodStore store = parts.store();
    RepoExport exports = parts.repo().exports();
    Handler getRepo = new GetRepo(exports, repos);
    String ns = "com.atproto.sync.";
    routes.add(
        new Route(
            Route.HostKind.SERVICE,
            Set.of("GET"),
            PATH + ns + "getRepo",
            Set.of(),
            Route.Access.OPEN,
            0,
            Route.RateClass.EXPORT,
            false,
            guarded(getRepo)));
    query(ns + "getCheckout", getRepo);
    query(ns + "getRecord", new GetRecordProof(exports, repos));
    query(ns + "getBlocks", new GetBlocks(exports, repos));
    query(ns + "getLatestCommit", new GetLatestCommit(store, repos));
    query(ns + "getHead", new GetHead(store, repos));
    query(ns + "getRepoStatus", new GetRepoStatus(store, repos));
    query(ns + "listRepos", new ListRepos(store, parts.identity().accounts()));
    query(
        ns + "listReposByCollection",
        new ListReposByCollection(store, parts.identity().accounts()));
    GetHostStatus host =
        new GetHostStatus(parts.identity().config(), parts.identity().accounts(), store.journal());
    query(ns + "getHostStatus", host);
    query(ns + "listHosts", new ListHosts(host));
    query(ns + "listBlobs", new ListBlobs(store, repos));
    query(ns + "getBlob", new GetBlob(store, repos, parts.identity().takedowns()));
    // A relay's methods: we are none, and asking us is no fault.
    open(ns + "requestCrawl", Route.RateClass.READ, context -> context.status(200));
    open(ns + "notifyOfUpdate", Route.RateClass.READ, context -> context.status(200));
  }

  private static ServiceCallers services(IdentityRoom identity) {
    return new ServiceCallers(identity.serviceAuth(), identity.accounts(), identity.config());
  }

  private void query(String method, Handler handler) {
    routes.add(Route.get(Route.HostKind.SERVICE, PATH + method, guarded(handler)));
  }

  private void procedure(String method, Handler handler) {
    token(method, BODY_BYTES_MAX, Route.RateClass.READ, handler);
  }

  private void mailing(String method, Handler handler) {
    token(method, BODY_BYTES_MAX, Route.RateClass.MAIL, handler);
  }

  private void write(String method, Handler handler) {
    token(method, RepoWrites.BODY_BYTES_MAX, Route.RateClass.WRITE, handler);
  }

  private void token(String method, long bytesMax, Route.RateClass rate, Handler handler) {
    routes.add(
        Route.post(
            Route.HostKind.SERVICE,
            PATH + method,
            Route.Access.TOKEN,
            bytesMax,
            rate,
            guarded(handler)));
  }

  private void open(String method, Route.RateClass rate, Handler handler) {
    routes.add(
        Route.post(
            Route.HostKind.SERVICE,
            PATH + method,
            Route.Access.OPEN,
            BODY_BYTES_MAX,
            rate,
            guarded(handler)));
  }

  /** Lets browsers of any origin read answers, and turns failures into the protocol's own. */
  static Handler guarded(Handler handler) {
    return context -> {
      context.header("Access-Control-Allow-Origin", "*");
      context.header("Access-Control-Expose-Headers", EXPOSED);
      try {
        handler.handle(context);
      } catch (RuntimeException e) {
        XrpcErrors.answer(context, e);
      }
    };
  }
}
