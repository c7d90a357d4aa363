package tripod.solid.ldp;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.identity.Account;
import tripod.identity.access.Agent;
import tripod.identity.route.RequestPod;
import tripod.identity.route.Route;
import tripod.identity.token.SolidTokens;
import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.solid.acl.AccessGate;
import tripod.solid.representation.RdfReader;
import tripod.solid.representation.Representations;
import tripod.solid.representation.SocialView;
import tripod.syntax.PodNames;

/**
 * The Solid door: every method on every path of a pod's host that no other door took.
 *
 * <p>Safe between threads.
 */
public final class LdpDoor implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(LdpDoor.class);
  private static final String METHODS = "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE";

  private final Function<Account, PodNames> names;
  private final SolidTokens tokens;
  private final GetResource get;
  private final PutResource put;
  private final PostContainer post;
  private final PatchResource patch;
  private final DeleteResource delete;
  private final SparqlQuery queries;
  private final Forms forms;

  /**
   * Makes the door.
   *
   * @param names what others call an account's pod
   * @param tokens proves who asks
   * @param gate decides what they may do
   */
  public LdpDoor(
      PodStore store,
      Function<Account, PodNames> names,
      SolidTokens tokens,
      AccessGate gate,
      Forms forms) {
    this.names = names;
    this.tokens = tokens;
    this.get = new GetResource(store, gate, forms.representations());
    SocialEdit social = new SocialEdit(forms.lens(), forms.representations());
    this.put = new PutResource(store, gate, forms.reader(), social);
    this.post = new PostContainer(store, gate, forms.reader(), social);
    this.patch = new PatchResource(store, gate, forms.representations(), social);
    this.delete = new DeleteResource(store, gate);
    this.queries = new SparqlQuery(store, gate, forms.representations());
    this.forms = forms;
  }

  @Override
  public void handle(Context context) {
    Cors.mark(context);
    // A strong tag names exact bytes, and so does a range: neither survives compression on the way.
    context.disableCompression();
    context.res().setCharacterEncoding((String) null); // types go out as they were given
    try {
      if (context.req().getMethod().equals("OPTIONS") && Cors.isPreflight(context)) {
        Cors.preflight(context);
        return;
      }
      dispatch(context);
    } catch (RuntimeException | StackOverflowError failure) {
      refuse(context, failure);
    }
  }

  private void refuse(Context context, Throwable failure) {
    Optional<Problem> problem = Problem.of(failure, tokens.challenge());
    if (problem.isEmpty()) {
      LOG.error("solid {} failed", context.req().getMethod(), failure);
    }
    if (context.res().isCommitted()) {
      // A listing broke off in its middle: the client sees that the body did not end.
      throw new IllegalStateException("the answer broke off", failure);
    }
    problem.orElseGet(() -> new Problem(500, "a fault of this server")).send(context);
  }

  private void dispatch(Context context) {
    Account account = RequestPod.account(context);
    PodNames pod = names.apply(account);
    String raw = context.req().getRequestURI();
    if (raw.equals(ResourceHeaders.STORAGE_DESCRIPTION)) {
      StorageDescription.handle(context, pod, forms.notifications());
      return;
    }
    SolidTokens.Answer.Known asker = asker(context, pod);
    Agent agent = asker.agent();
    requireVisible(account, pod, agent);
    if (raw.startsWith(SubscriptionService.PATH)) {
      forms.notifications().handle(context, pod, asker);
      return;
    }
    if (raw.equals(SparqlQuery.PATH)) {
      queries.handle(context, pod, agent);
      return;
    }
    Visit visit = new Visit(pod, agent, Target.parse(raw));
    switch (context.req().getMethod()) {
      case "GET", "HEAD", "OPTIONS" -> get.handle(context, visit);
      case "PUT" -> put.handle(context, visit);
      case "POST" -> post.handle(context, visit);
      case "PATCH" -> patch.handle(context, visit);
      case "DELETE" -> delete.handle(context, visit);
      default -> throw new Refusal(405, "an unknown method", Map.of("Allow", METHODS));
    }
  }

  /** A sleeping account shows itself to its owner alone, one that was taken down to nobody. */
  private static void requireVisible(Account account, PodNames pod, Agent agent) {
    boolean isOwner = agent.names().anyMatch(pod.webId().value()::equals);
    switch (account.state()) {
      case ACTIVE -> {}
      case DEACTIVATED -> {
        if (!isOwner) {
          throw new Refusal(403, "the owner has put this account to sleep");
        }
      }
      case TAKENDOWN, SUSPENDED -> throw new Refusal(403, "this account is not available");
      case DELETED -> throw new Refusal(410, "this account is gone");
    }
  }

  /** Returns the addresses whose rate is counted apart from that of documents. */
  public List<Route> routes() {
    return List.of(
        new Route(
            Route.HostKind.POD,
            Set.of("GET", "POST", "OPTIONS"),
            SparqlQuery.PATH,
            Set.of(),
            Route.Access.OPEN,
            SparqlQuery.FORM_BYTES_MAX,
            Route.RateClass.QUERY,
            false,
            this));
  }

  /** Lets go of what was kept for questions. */
  public void close() {
    queries.close();
  }

  private SolidTokens.Answer.Known asker(Context context, PodNames pod) {
    List<String> proofs = Collections.list(context.req().getHeaders("DPoP"));
    String url = pod.origin() + context.req().getRequestURI();
    SolidTokens.Answer answer =
        tokens.verify(context.header("Authorization"), proofs, context.req().getMethod(), url);
    SolidTokens.Answer.Known asker =
        switch (answer) {
          case SolidTokens.Answer.Anonymous a -> SolidTokens.Answer.Known.ANYONE;
          case SolidTokens.Answer.Known known -> known;
          case SolidTokens.Answer.Refused refused ->
              throw new Refusal(
                  401, refused.reason(), Map.of("WWW-Authenticate", refused.challenge()));
        };
    String origin = context.header("Origin");
    return origin == null ? asker : asker.withOrigin(origin);
  }

  /**
   * How documents are read and shown, and how changes of them are told.
   *
   * @param reader reads what comes
   * @param representations shows what is stored
   * @param lens reads social resources that were written at other doors
   * @param notifications takes subscriptions
   */
  public record Forms(
      RdfReader reader,
      Representations representations,
      Lens lens,
      SubscriptionService notifications) {
    /** Makes the forms of a server that reads social resources through a lens. */
    public static Forms of(Lens lens) {
      RdfReader reader = new RdfReader();
      return new Forms(
          reader,
          new Representations(reader, new SocialView(lens)),
          lens,
          SubscriptionService.NONE);
    }

    /** Returns these forms with notifications. */
    public Forms with(SubscriptionService service) {
      return new Forms(reader, representations, lens, service);
    }
  }
}
