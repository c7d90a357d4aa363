package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Finds the repository a caller means, and whether it may be seen. */
final class Repos {
  private final Accounts accounts;
  private final Authentication authentication;
  private final AdminAuthentication admin;

  Repos(Accounts accounts, Authentication authentication, AdminAuthentication admin) {
    this.accounts = accounts;
    this.authentication = authentication;
    this.admin = admin;
  }

  /** Returns the account that a handle or DID names. */
  Optional<Account> find(String repo) {
    if (repo.startsWith("did:")) {
      return Did.isValid(repo) ? accounts.byDid(new Did(repo)) : Optional.empty();
    }
    String handle = repo.toLowerCase(Locale.ROOT);
    return Handle.isValid(handle) ? accounts.byHandle(new Handle(handle)) : Optional.empty();
  }

  /** Returns the account of the parameter {@code repo}, if it can be seen. */
  Account readable(Context context) {
    String repo = Request.param(context, "repo");
    Account account =
        find(repo)
            .orElseThrow(() -> XrpcFailure.of("InvalidRequest", "Could not find repo: " + repo));
    return visible(context, account);
  }

  /** Returns the account of the parameter {@code did}, in any state. */
  Account known(Context context) {
    Did did = Request.did(context);
    return accounts
        .byDid(did)
        .orElseThrow(() -> XrpcFailure.of("RepoNotFound", "Could not find repo for DID: " + did));
  }

  /** Returns the account of the parameter {@code did}, if it can be seen by the caller. */
  Account available(Context context) {
    return visible(context, known(context));
  }

  private Account visible(Context context, Account account) {
    if (account.isActive()) {
      return account;
    }
    boolean may =
        admin.isAdmin(context)
            || authentication
                .optional(context)
                .filter(caller -> caller.account().pod().equals(account.pod()))
                .isPresent();
    if (may) {
      return account;
    }
    throw switch (account.state()) {
      case DEACTIVATED ->
          XrpcFailure.of("RepoDeactivated", "Repo has been deactivated: " + account.did());
      case TAKENDOWN ->
          XrpcFailure.of("RepoTakendown", "Repo has been taken down: " + account.did());
      case SUSPENDED ->
          XrpcFailure.of("RepoSuspended", "Repo has been suspended: " + account.did());
      case ACTIVE, DELETED ->
          XrpcFailure.of("RepoNotFound", "Could not find repo for DID: " + account.did());
    };
  }
}
