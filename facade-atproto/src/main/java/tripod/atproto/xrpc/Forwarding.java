package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import tripod.atproto.proxy.ForwardedFields;
import tripod.atproto.proxy.GuardedMethods;
import tripod.atproto.proxy.ServiceName;
import tripod.atproto.proxy.Services;
import tripod.identity.http.OutboundHttp;
import tripod.identity.token.Grant;
import tripod.syntax.Nsid;

/** Hands a member's request on to a service and its answer back (atproto.md 1.4). */
final class Forwarding {
  /** The field by which a caller names a service. */
  static final String FIELD = "atproto-proxy";

  private static final Set<String> VERBS = Set.of("GET", "HEAD", "POST");
  private static final int TEXT_BYTES_MAX = 100 * 1024;

  private final Services services;
  private final Authentication authentication;

  Forwarding(Services services, Authentication authentication) {
    this.services = services;
    this.authentication = authentication;
  }

  Services services() {
    return services;
  }

  /**
   * A request that may be handed on.
   *
   * @param caller who asks
   * @param method the method that is called
   * @param service whom to ask
   */
  record Admitted(Authentication.Caller caller, Nsid method, ServiceName service) {
    /** Returns what the service's token says. */
    Services.Signer signer() {
      return signer(service.did().value(), method);
    }

    Services.Signer signer(String audience, Nsid lxm) {
      return new Services.Signer(caller.account().pod(), caller.account().did(), audience, lxm);
    }
  }

  /** Admits a request to the service that the caller names, or to the host's own choice. */
  Admitted admit(Context context, Nsid method) {
    checkVerb(context, method);
    Authentication.Caller caller = authentication.active(context);
    ServiceName service = named(context).orElseGet(() -> services.upstreams().forMethod(method));
    return new Admitted(mayAsk(caller, method, service), method, service);
  }

  /** Admits a request to one service. */
  Admitted admit(Context context, Nsid method, ServiceName service) {
    checkVerb(context, method);
    return new Admitted(mayAsk(authentication.active(context), method, service), method, service);
  }

  /** Returns the service that the caller names. */
  static Optional<ServiceName> named(Context context) {
    return Optional.ofNullable(context.header(FIELD)).map(ServiceName::parse);
  }

  /** Insists that a caller may have a service asked for a method. */
  static Authentication.Caller mayAsk(
      Authentication.Caller caller, Nsid method, ServiceName service) {
    caller.rpc(method.value(), service.toString());
    if (GuardedMethods.isPrivileged(method) && caller.grant().kind() == Grant.Kind.APP) {
      throw XrpcFailure.of("InvalidToken", "Bad token method");
    }
    return caller;
  }

  private static void checkVerb(Context context, Nsid method) {
    if (!VERBS.contains(context.req().getMethod())) {
      throw XrpcFailure.invalid("XRPC requests only support GET and POST");
    }
    if (GuardedMethods.isProtected(method)) {
      throw XrpcFailure.of("InvalidToken", "Bad token method");
    }
  }

  /** Asks the service and hands its answer back as it comes. */
  void pass(Context context, Admitted admitted) {
    send(context, admitted, admitted.signer(), RelayedAnswer.to(context));
  }

  /** Asks the service with a token for somebody else, and hands its answer back as it comes. */
  void pass(Context context, Admitted admitted, Services.Signer signer) {
    send(context, admitted, signer, RelayedAnswer.to(context));
  }

  /** Asks the service and lets a reader have its answer. */
  void send(
      Context context,
      Admitted admitted,
      Services.Signer signer,
      OutboundHttp.Reader<RelayedAnswer.Done> reader) {
    send(context, admitted, signer, body(context), reader);
  }

  /** Asks the service with a body that has been read. */
  void send(
      Context context,
      Admitted admitted,
      Services.Signer signer,
      Services.Body body,
      OutboundHttp.Reader<RelayedAnswer.Done> reader) {
    services.ask(
        admitted.service(),
        Optional.of(signer),
        question(context, admitted.method(), body),
        reader);
  }

  /** Asks a service as nobody and hands its answer back as it comes. */
  void passAsNobody(Context context, Nsid method, ServiceName service) {
    services.ask(
        service,
        Optional.empty(),
        question(context, method, new Services.Body.None()),
        RelayedAnswer.to(context));
  }

  private static Services.Question question(Context context, Nsid method, Services.Body body) {
    return new Services.Question(
        context.req().getMethod(),
        method,
        Optional.ofNullable(context.req().getQueryString()).orElse(""),
        ForwardedFields.asked(context.headerMap(), !(body instanceof Services.Body.None)),
        body);
  }

  /** SEC-11: JSON and text are read whole, everything else is a file and passes through. */
  private static Services.Body body(Context context) {
    if (!context.req().getMethod().equals("POST")) {
      return new Services.Body.None();
    }
    String type = Optional.ofNullable(context.contentType()).orElse("");
    long told = context.req().getContentLengthLong();
    if (told == 0 || (told < 0 && type.isEmpty())) {
      return new Services.Body.Whole(new byte[0]);
    }
    if (type.startsWith("application/json") || type.startsWith("text/")) {
      int max = type.startsWith("text/") ? TEXT_BYTES_MAX : XrpcDoor.BODY_BYTES_MAX;
      return new Services.Body.Whole(Request.bytes(context, max));
    }
    if (told > UploadBlob.BYTES_MAX) {
      throw tooLarge();
    }
    InputStream content = new CountedBody(context.bodyInputStream(), UploadBlob.BYTES_MAX);
    return new Services.Body.Coming(content, told);
  }

  static XrpcFailure tooLarge() {
    return new XrpcFailure(413, "PayloadTooLarge", "request entity too large");
  }
}
