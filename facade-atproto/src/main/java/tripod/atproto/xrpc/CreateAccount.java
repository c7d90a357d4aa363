package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.NewAccount;
import tripod.identity.Secret;
import tripod.identity.token.ServiceAuth;
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
  private final ServiceAuth serviceAuth;
  private final IdentityConfig config;

  CreateAccount(
      Accounts accounts, Sessions sessions, ServiceAuth serviceAuth, IdentityConfig config) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.serviceAuth = serviceAuth;
    this.config = config;
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
    NewAccount wanted =
        new NewAccount(
            handle(Request.text(body, "handle")),
            Optional.of(email),
            Secret.of(password),
            broughtDid(context, body),
            Request.optional(body, "recoveryKey"),
            Request.optional(body, "inviteCode"));
    Sessions.Session session = sessions.open(accounts.create(wanted).account());
    Answer.json(context, out -> AccountFields.session(session, out));
  }

  static Handle handle(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!Handle.isValid(lower)) {
      throw new IdentityFailure.InvalidHandle("Input/handle must be a valid handle");
    }
    return new Handle(lower);
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
    ServiceAuth.Verified verified =
        serviceAuth.verify(
            Authentication.bearer(context), Set.of(config.serviceDid().value()), METHOD);
    if (!verified.issuer().equals(did)) {
      throw new XrpcFailure(
          401, "AuthenticationRequired", "Missing auth to create account with did: " + did);
    }
    return Optional.of(did);
  }
}
