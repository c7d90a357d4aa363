package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.token.AdminAuth;
import tripod.identity.token.ServiceAuth;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * Lets operators in, and where it is allowed the moderation service the host was told to trust
 * (atproto.md 1.1).
 */
final class AdminAuthentication {
  private final AdminAuth admin;
  private final ServiceAuth serviceAuth;
  private final Did service;
  private final Optional<Did> moderator;

  /**
   * Makes the check.
   *
   * @param service the audience of service tokens
   * @param moderator the moderation service, if one was named
   */
  AdminAuthentication(
      AdminAuth admin, ServiceAuth serviceAuth, Did service, Optional<Did> moderator) {
    this.admin = admin;
    this.serviceAuth = serviceAuth;
    this.service = service;
    this.moderator = moderator;
  }

  /** Says whether the operator calls. */
  boolean isAdmin(Context context) {
    return admin.isAdmin(Optional.ofNullable(context.header("Authorization")));
  }

  /** Insists on the operator. */
  void admin(Context context) {
    if (context.header("Authorization") == null) {
      throw new XrpcFailure(401, "AuthMissing", "Authentication Required");
    }
    if (!isAdmin(context)) {
      throw refused();
    }
  }

  /** Insists on the operator or the moderation service. */
  void moderator(Context context, Nsid method) {
    String field = Optional.ofNullable(context.header("Authorization")).orElse("");
    if (moderator.isEmpty()
        || isAdmin(context)
        || !field.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
      admin(context);
      return;
    }
    serviceAuth.verifyOfModerator(
        Authentication.bearer(context), Set.of(service.value()), method, moderator.get());
  }

  private static XrpcFailure refused() {
    return new XrpcFailure(401, "AuthenticationRequired", "this needs the operator's password");
  }
}
