package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.did.DidResolver;
import tripod.identity.did.HostedWebs;
import tripod.identity.room.IdentityRoom;
import tripod.identity.token.Sessions;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.Nsid;

/** {@code com.atproto.server.createAccount} (atproto.md 4.1). */
final class CreateAccount implements Handler {
  private static final Nsid METHOD = new Nsid("com.atproto.server.createAccount");

  private final Accounts accounts;
  private final Sessions sessions;
  private final ServiceCallers services;
  private final DidResolver dids;
  private final IdentityConfig config;

  CreateAccount(IdentityRoom identity) {
    this.accounts = identity.accounts();
    this.sessions = identity.sessions();
    this.services =
        new ServiceCallers(identity.serviceAuth(), identity.accounts(), identity.config());
    this.dids = identity.dids();
    this.config = identity.config();
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    if (body.has("plcOp")) {
      throw XrpcFailure.invalid("Unsupported input: \"plcOp\"");
    }
    String email =
        Request.optional(body, "email").orElseThrow(() -> XrpcFailure.invalid("Email is required"));
    String password =
        Request.optional(body, "password")
            .orElseThrow(() -> XrpcFailure.invalid("Password is required"));
    Handle handle = handle(Request.text(body, "handle"));
    boolean web = isOwnWeb(context, body, handle);
    Optional<Did> brought = web ? Optional.empty() : broughtDid(context, body);
    NewAccount wanted =
        new NewAccount(
            handle,
            Optional.of(email),
            Secret.of(password),
            brought,
            Request.optional(body, "recoveryKey"),
            Request.optional(body, "inviteCode"),
            web);
    Optional<Account> begun = brought.flatMap(accounts::byDid).filter(Account::isArriving);
    Account account =
        begun.isPresent() ? resumed(begun.get(), wanted) : accounts.create(wanted).account();
    Sessions.Session session = sessions.open(account);
    Answer.json(context, out -> AccountFields.session(session, out));
  }

  static Handle handle(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!Handle.isValid(lower)) {
      throw new IdentityFailure.InvalidHandle("Input/handle must be a valid handle");
    }
    return new Handle(lower);
  }

  /**
   * Somebody may ask for the did:web of the very name they get: nobody else can have it, so there
   * is nothing to prove.
   */
  private boolean isOwnWeb(Context context, DagFields body, Handle handle) {
    return context.header("Authorization") == null
        && config.handleDomains().stream().anyMatch(handle::isUnder)
        && Request.optional(body, "did")
            .filter(HostedWebs.of(config, handle.value()).value()::equals)
            .isPresent();
  }

  /**
   * Goes on with a move that stopped half way: the identity has spoken for its owner again, and the
   * account has never been anybody's but theirs. The password is the one they type now.
   */
  private Account resumed(Account account, NewAccount wanted) {
    if (!account.handle().equals(wanted.handle())) {
      throw new IdentityFailure.Conflict(
          "the move of " + account.did() + " was begun with the handle " + account.handle());
    }
    accounts.setPassword(account.pod(), wanted.password());
    return account;
  }

  /** Somebody who brings an identity shows that it speaks for them (atproto.md 4.1). */
  private Optional<Did> broughtDid(Context context, DagFields body) {
    Optional<String> text = Request.optional(body, "did");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!Did.isValid(text.get())) {
      throw XrpcFailure.invalid("Input/did must be a valid did");
    }
    Did did = new Did(text.get());
    if (!did.isBlessed()) {
      throw XrpcFailure.invalid("Input/did must be a did:plc or a did:web of a host name");
    }
    String token = Authentication.bearer(context);
    resolve(did);
    if (!services.issuer(token, METHOD).equals(did)) {
      throw new XrpcFailure(
          401, "AuthenticationRequired", "Missing auth to create account with did: " + did);
    }
    return Optional.of(did);
  }

  /** Asked for now: the key may have been changed a minute ago, to leave a host that is gone. */
  private void resolve(Did did) {
    try {
      dids.refresh(did);
    } catch (IdentityFailure.Unavailable e) {
      if (did.isPlc()) {
        throw e;
      }
      throw XrpcFailure.invalid(
          "the document of " + did + " cannot be had now"); // no fault of ours
    }
  }
}
