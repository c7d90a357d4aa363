package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.token.Grant;
import tripod.identity.token.Sessions;

/** Finds out who calls a method, and whether they may at all (atproto.md 1.1). */
final class Authentication {
  private final Sessions sessions;
  private final Accounts accounts;

  Authentication(Sessions sessions, Accounts accounts) {
    this.sessions = sessions;
    this.accounts = accounts;
  }

  /** Somebody who is signed in. */
  record Caller(Grant grant, Account account) {
    /** Insists on a sign-in with the account's own password. */
    Caller full() {
      if (grant.isFull() || grant.kind() == Grant.Kind.TAKENDOWN) {
        return this;
      }
      throw grant.kind() == Grant.Kind.OAUTH
          ? new XrpcFailure(403, "Forbidden", "OAuth clients may not do this")
          : XrpcFailure.of("InvalidToken", "Bad token scope");
    }

    /** Insists on an account that may act. */
    Caller active() {
      if (!account.isActive()) {
        throw new XrpcFailure(
            401, XrpcErrors.inactive(account.state()), "the account is not active");
      }
      return this;
    }
  }

  /**
   * Returns the caller, whatever the state of their account; a taken down one only by its token.
   */
  Caller caller(Context context) {
    Caller caller = known(sessions.verifyAccess(bearer(context)));
    if (caller.account().state() == Account.State.TAKENDOWN
        && caller.grant().kind() != Grant.Kind.TAKENDOWN) {
      throw new XrpcFailure(401, "AccountTakedown", "Account has been taken down");
    }
    return caller;
  }

  /** Returns the caller of a method that every token of an active account may call. */
  Caller active(Context context) {
    return caller(context).active();
  }

  /** Returns the caller of a method that works without one. */
  Optional<Caller> optional(Context context) {
    return context.header("Authorization") == null
        ? Optional.empty()
        : Optional.of(caller(context));
  }

  /** Returns the token that was sent. */
  static String bearer(Context context) {
    String header = context.header("Authorization");
    if (header == null) {
      throw new XrpcFailure(401, "AuthMissing", "Authentication Required");
    }
    String field = header.strip();
    int space = field.indexOf(' ');
    String token = space < 0 ? "" : field.substring(space + 1).stripLeading();
    if (token.isEmpty() || token.indexOf(' ') >= 0) {
      throw XrpcFailure.of("InvalidToken", "Malformed authorization header");
    }
    if (!field.substring(0, space).equalsIgnoreCase("bearer")) {
      throw new XrpcFailure(401, "AuthenticationRequired", "Unexpected authorization type");
    }
    return token;
  }

  private Caller known(Grant grant) {
    return new Caller(
        grant,
        accounts
            .byPod(grant.pod())
            .orElseThrow(() -> new XrpcFailure(403, "AccountNotFound", "Account not found")));
  }
}
