package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.route.RateLimiter;
import tripod.identity.scope.Permission;

/** Counts what an account writes, in points (SEC-15). */
final class WriteRate {
  private static final String OPERATION = "record write";
  private static final String REMAINING = "RateLimit-Remaining";

  private final RateLimiter limiter;

  WriteRate(RateLimiter limiter) {
    this.limiter = limiter;
  }

  /** Returns how many points a write costs. */
  static int points(Permission.Action action) {
    return switch (action) {
      case CREATE -> 3;
      case UPDATE -> 2;
      case DELETE -> 1;
    };
  }

  /**
   * Counts a write; the answer tells of the account's limit where that is nearer to its end than
   * the address's.
   *
   * @throws IdentityFailure.RateLimited if the account has no points left for it
   */
  void take(Context context, Account account, int points) {
    RateLimiter.Decision decision =
        limiter.take(OPERATION, account.did().value(), RateLimiter.recordWrites(), points);
    Map<String, String> fields = limiter.fields(decision);
    long told =
        Optional.ofNullable(context.res().getHeader(REMAINING))
            .map(Long::parseLong)
            .orElse(Long.MAX_VALUE);
    if (!decision.allowed() || decision.remaining() < told) {
      fields.forEach(context::header);
    }
    if (!decision.allowed()) {
      throw new IdentityFailure.RateLimited(decision.reset());
    }
  }
}
