package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.net.URI;
import java.util.Collections;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.scope.Permission;
import tripod.identity.scope.Permissions;
import tripod.identity.token.Grant;
import tripod.identity.token.OAuthAccess;
import tripod.identity.token.Sessions;
import tripod.syntax.Nsid;

/** Finds out who calls a method, and whether they may at all (atproto.md 1.1). */
final class Authentication {
  private static final String DPOP = "dpop ";
  private static final String BEARER = "bearer ";

  private final Sessions sessions;
  private final OAuthAccess oauth;
  private final Accounts accounts;
  private final String origin;

  /**
   * Asks those who know.
   *
   * @param origin the service's own, which proofs of OAuth clients name
   */
  Authentication(Sessions sessions, OAuthAccess oauth, Accounts accounts, URI origin) {
    this.sessions = sessions;
    this.oauth = oauth;
    this.accounts = accounts;
    this.origin = origin.toString();
  }

  /** Somebody who is signed in. */
  record Caller(Grant grant, Account account) {
    /** Insists on a sign-in with the account's own password. */
    Caller full() {
      if (grant.isFull()) {
        return this;
      }
      notOauth();
      throw XrpcFailure.of("InvalidToken", "Bad token scope");
    }

    /** Insists on anything but an app password: that an OAuth client may has been checked. */
    Caller notApp() {
      if (grant.kind() == Grant.Kind.APP || grant.kind() == Grant.Kind.APP_PRIVILEGED) {
        throw XrpcFailure.of("InvalidToken", "Bad token scope");
      }
      return this;
    }

    /** Insists on a session: no scope lets an OAuth client do this (atproto.md 1.2, "never"). */
    Caller notOauth() {
      if (isOauth()) {
        throw new XrpcFailure(403, "Forbidden", "OAuth clients may not do this");
      }
      return this;
    }

    /** Says whether an OAuth client calls, so that its scopes decide. */
    boolean isOauth() {
      return grant.kind() == Grant.Kind.OAUTH;
    }

    /** Insists, of an OAuth client, on the right to write records. */
    Caller repo(Nsid collection, Permission.Action action) {
      return isOauth() && !permissions().allowsRepo(collection, action)
          ? missing("repo:" + collection + "?action=" + action)
          : this;
    }

    /**
     * Insists, of an OAuth client, on the right to ask another server.
     *
     * @param lxm the method; {@code *} where none is named
     * @param audience the DID with the name of the service
     */
    Caller rpc(String lxm, String audience) {
      return isOauth() && !permissions().allowsRpc(lxm, audience)
          ? missing("rpc:" + lxm + "?aud=" + audience.replace("#", "%23"))
          : this;
    }

    /** Insists, of an OAuth client, on the right to a method of others that is answered here. */
    Caller rpcHere(String lxm) {
      return isOauth() && !permissions().allowsRpcSomewhere(lxm)
          ? missing("rpc:" + lxm + "?aud=*")
          : this;
    }

    /** Insists, of an OAuth client, on the right to upload files of a media type. */
    Caller blob(String mime) {
      return isOauth() && !permissions().allowsBlob(mime) ? missing("blob:" + mime) : this;
    }

    /** Insists, of an OAuth client, on the right to a part of the account. */
    Caller account(Permission.Part part, Permission.Access access) {
      return isOauth() && !permissions().allowsAccount(part, access)
          ? missing(new Permission.AccountPart(part, access).toString())
          : this;
    }

    /**
     * Insists, of an OAuth client, on the right to change the identity.
     *
     * @param attr {@code handle}, or {@code *} for all of it
     */
    Caller identity(String attr) {
      return isOauth() && !permissions().allowsIdentity(attr) ? missing("identity:" + attr) : this;
    }

    /** Says whether the mail address may be shown to the caller. */
    boolean seesEmail() {
      return !isOauth()
          || permissions().allowsAccount(Permission.Part.EMAIL, Permission.Access.READ);
    }

    private Permissions permissions() {
      return Permissions.of(grant.scopes());
    }

    private static Caller missing(String scope) {
      throw new XrpcFailure(403, "ScopeMissingError", "Missing required scope \"" + scope + "\"");
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

  /** Returns the caller, who may be asleep but was not taken down. */
  Caller caller(Context context) {
    Caller caller = leaving(context);
    if (caller.grant().kind() == Grant.Kind.TAKENDOWN) {
      throw new XrpcFailure(401, "AccountTakedown", "Account has been taken down");
    }
    return caller;
  }

  /**
   * Returns the caller of a method that is needed to move away, and so is left even to the owner of
   * an account that was taken down, with the token made for that (atproto.md 4.2).
   */
  Caller leaving(Context context) {
    Caller caller = known(grant(context));
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
    isPersonal(context);
    return context.header("Authorization") == null
        ? Optional.empty()
        : Optional.of(leaving(context));
  }

  /** Notes that an answer may depend on who asks, so that no cache gives it to others. */
  private static void isPersonal(Context context) {
    context.header("Cache-Control", "private");
    context.header("Vary", "Authorization");
  }

  private Grant grant(Context context) {
    String header = context.header("Authorization");
    return header != null && header.strip().regionMatches(true, 0, DPOP, 0, DPOP.length())
        ? oauthGrant(context)
        : sessions.verifyAccess(bearer(context));
  }

  /** RFC 9449 section 7: a token bound to a key; every answer holds the nonce of the next proof. */
  private Grant oauthGrant(Context context) {
    String token = token(context, DPOP.strip());
    context.header("DPoP-Nonce", oauth.nonce());
    OAuthAccess.Answer answer =
        oauth.verify(
            token,
            Collections.list(context.req().getHeaders("DPoP")),
            context.req().getMethod(),
            origin + context.path());
    return switch (answer) {
      case OAuthAccess.Answer.Known(Grant grant) -> grant;
      case OAuthAccess.Answer.Refused refused -> {
        context.header("WWW-Authenticate", refused.challenge());
        throw new XrpcFailure(401, refused.error(), refused.reason());
      }
    };
  }

  /** Says whether a token came that whoever has it may use. */
  static boolean isBearer(Context context) {
    String header = context.header("Authorization");
    return header != null && header.strip().regionMatches(true, 0, BEARER, 0, BEARER.length());
  }

  /** Returns the token that was sent. */
  static String bearer(Context context) {
    return token(context, BEARER.strip());
  }

  private static String token(Context context, String scheme) {
    isPersonal(context);
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
    if (!field.substring(0, space).equalsIgnoreCase(scheme)) {
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
