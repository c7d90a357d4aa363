package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tripod.atproto.proxy.GuardedMethods;
import tripod.identity.scope.Permission;
import tripod.identity.token.Grant;
import tripod.identity.token.ServiceAuth;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/** {@code com.atproto.server.getServiceAuth} (atproto.md 4.8). */
final class GetServiceAuth implements Handler {
  private static final Duration LIFE_MAX = Duration.ofHours(1);

  private final ServiceAuth serviceAuth;
  private final Authentication authentication;
  private final InstantSource clock;

  GetServiceAuth(ServiceAuth serviceAuth, Authentication authentication, InstantSource clock) {
    this.serviceAuth = serviceAuth;
    this.authentication = authentication;
    this.clock = clock;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.leaving(context);
    String audience = Request.param(context, "aud");
    int hash = audience.indexOf('#');
    if (!Did.isValid(hash < 0 ? audience : audience.substring(0, hash))
        || hash == audience.length() - 1) {
      throw XrpcFailure.invalid("aud must be a DID, or a DID with the name of a service");
    }
    Optional<Nsid> method = Request.optional(context, "lxm").map(Nsid::new);
    caller.rpc(method.map(Nsid::value).orElse(Permission.ANY), audience);
    checkMethod(caller.grant(), method);
    Duration life = life(Request.optional(context, "exp"), method.isPresent());
    String token =
        serviceAuth.mint(caller.account().pod(), caller.account().did(), audience, method, life);
    Answer.json(context, out -> out.writeStringField("token", token));
  }

  private static void checkMethod(Grant grant, Optional<Nsid> method) {
    if (method.filter(GuardedMethods::isProtected).isPresent()) {
      throw XrpcFailure.invalid(
          "cannot request a service auth token for the method " + method.get());
    }
    if (method.filter(GuardedMethods::isPrivileged).isPresent() && grant.kind() == Grant.Kind.APP) {
      throw XrpcFailure.invalid(
          "insufficient access to request a service auth token for the method " + method.get());
    }
    if (grant.kind() == Grant.Kind.TAKENDOWN
        && method.filter(GuardedMethods::isCreateAccount).isEmpty()) {
      throw new XrpcFailure(401, "AccountTakedown", "Account has been taken down");
    }
  }

  private Duration life(Optional<String> exp, boolean hasMethod) {
    if (exp.isEmpty()) {
      return ServiceAuth.LIFE;
    }
    Duration life;
    try {
      life = Duration.between(clock.instant(), Instant.ofEpochSecond(Long.parseLong(exp.get())));
    } catch (NumberFormatException | java.time.DateTimeException e) {
      throw XrpcFailure.invalid("exp must be an integer");
    }
    if (life.isNegative()) {
      throw XrpcFailure.of("BadExpiration", "expiration is in past");
    }
    if (life.compareTo(hasMethod ? LIFE_MAX : ServiceAuth.LIFE) > 0) {
      throw XrpcFailure.of(
          "BadExpiration",
          hasMethod
              ? "cannot request a token with an expiration more than an hour in the future"
              : "cannot request a method-less token with an expiration more than a minute in the"
                  + " future");
    }
    return life;
  }
}
