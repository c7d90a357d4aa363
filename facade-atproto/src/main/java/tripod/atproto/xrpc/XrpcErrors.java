package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Objects;
import tripod.atproto.proxy.ProxyFailure;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.podstore.PodFailure;
import tripod.syntax.SyntaxException;

/** The one place where failures become XRPC errors. */
final class XrpcErrors {
  private static final String BUSY_SECONDS = "5";

  private XrpcErrors() {}

  /** One answer. */
  record Reply(int status, String error, String message) {
    private static Reply bad(String error, RuntimeException cause) {
      return new Reply(400, error, text(cause));
    }
  }

  /** Answers with a failure; throws what is none of ours. */
  static void answer(Context context, RuntimeException failure) {
    Reply reply = of(failure);
    context.status(reply.status());
    if (failure instanceof IdentityFailure.RateLimited limited) {
      context.header("Retry-After", Long.toString(Math.max(1, limited.retryAfter().toSeconds())));
    }
    if (failure instanceof XrpcFailure said) {
      said.fields().forEach(context::header);
    }
    if (failure instanceof ProxyFailure.Busy) {
      context.header("Retry-After", BUSY_SECONDS);
    }
    Answer.json(
        context,
        out -> {
          out.writeStringField("error", reply.error());
          out.writeStringField("message", reply.message());
        });
  }

  static Reply of(RuntimeException failure) {
    return switch (failure) {
      case XrpcFailure f -> new Reply(f.status(), f.error(), text(f));
      case SyntaxException f -> Reply.bad("InvalidRequest", f);
      case PodFailure f -> of(f);
      case IdentityFailure f -> of(f);
      case ProxyFailure f -> of(f);
      case OutboundFailure f -> of(f);
      default -> throw failure;
    };
  }

  private static Reply of(PodFailure failure) {
    return switch (failure) {
      case PodFailure.NotFound f -> Reply.bad("RecordNotFound", f);
      case PodFailure.Gone f -> Reply.bad("RecordNotFound", f);
      case PodFailure.Conflict f -> Reply.bad("InvalidSwap", f);
      case PodFailure.Refused f -> Reply.bad("InvalidRequest", f);
      case PodFailure.Invalid f -> Reply.bad("InvalidRequest", f);
      case PodFailure.TooLarge f -> new Reply(413, "PayloadTooLarge", text(f));
      case PodFailure.OverQuota f -> new Reply(413, "PayloadTooLarge", text(f));
      case PodFailure.Full f -> new Reply(507, "NotEnoughResources", text(f));
      case PodFailure.Unavailable f ->
          new Reply(503, "NotEnoughResources", "the store cannot answer now");
      // atproto.md 1.2, uploadBlob: what is behind this server is slow, not the server.
      case PodFailure.Stalled f -> new Reply(504, nameOf(504), text(f));
    };
  }

  private static Reply of(IdentityFailure failure) {
    return switch (failure) {
      case IdentityFailure.InvalidHandle f -> Reply.bad("InvalidHandle", f);
      case IdentityFailure.HandleTaken f -> Reply.bad("HandleNotAvailable", f);
      case IdentityFailure.UnsupportedDomain f -> Reply.bad("UnsupportedDomain", f);
      case IdentityFailure.InvalidEmail f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.EmailTaken f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.InvalidInvite f -> Reply.bad("InvalidInviteCode", f);
      case IdentityFailure.WeakPassword f -> Reply.bad("InvalidPassword", f);
      case IdentityFailure.BadPassword f ->
          new Reply(401, "AuthenticationRequired", "Invalid identifier or password");
      case IdentityFailure.BadToken f -> tokenFault("InvalidToken", f);
      case IdentityFailure.ExpiredToken f -> tokenFault("ExpiredToken", f);
      case IdentityFailure.Forbidden f -> new Reply(403, "Forbidden", text(f));
      case IdentityFailure.NotFound f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.Conflict f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.Invalid f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.Gone f -> Reply.bad("InvalidRequest", f);
      case IdentityFailure.Unsupported f -> new Reply(501, "MethodNotImplemented", text(f));
      case IdentityFailure.Unavailable f -> new Reply(503, "NotEnoughResources", text(f));
      case IdentityFailure.Inactive f -> new Reply(401, inactive(f.state()), text(f));
      case IdentityFailure.RateLimited f -> new Reply(429, "RateLimitExceeded", text(f));
    };
  }

  private static Reply of(ProxyFailure failure) {
    return switch (failure) {
      case ProxyFailure.BadName f -> Reply.bad("InvalidRequest", f);
      case ProxyFailure.NotConfigured f -> Reply.bad("InvalidRequest", f);
      case ProxyFailure.NotFound f -> Reply.bad("InvalidRequest", f);
      case ProxyFailure.BadAnswer f -> new Reply(502, nameOf(502), text(f));
      case ProxyFailure.Busy f -> new Reply(503, nameOf(503), text(f));
    };
  }

  /** Where a caller's choice is at fault the answer says so; else the service is. */
  private static Reply of(OutboundFailure failure) {
    return switch (failure) {
      case OutboundFailure.Refused f ->
          new Reply(400, "InvalidRequest", "the service may not be asked: " + text(f));
      case OutboundFailure.Unreachable f -> new Reply(502, nameOf(502), text(f));
      case OutboundFailure.TimedOut f -> new Reply(504, nameOf(504), text(f));
      case OutboundFailure.TooLarge f -> new Reply(502, nameOf(502), text(f));
      case OutboundFailure.CircuitOpen f -> new Reply(502, nameOf(502), text(f));
    };
  }

  /** Returns the name of an error that has none of its own (atproto.md 1.1). */
  static String nameOf(int status) {
    return switch (status) {
      case 401 -> "AuthenticationRequired";
      case 403 -> "Forbidden";
      case 404 -> "XRPCNotSupported";
      case 406 -> "NotAcceptable";
      case 413 -> "PayloadTooLarge";
      case 415 -> "UnsupportedMediaType";
      case 429 -> "RateLimitExceeded";
      case 501 -> "MethodNotImplemented";
      case 502 -> "UpstreamFailure";
      case 503 -> "NotEnoughResources";
      case 504 -> "UpstreamTimeout";
      default -> status >= 500 ? "InternalServerError" : "InvalidRequest";
    };
  }

  /** A service token's fault has a word of its own, and is 401 (atproto.md 4.8). */
  private static Reply tokenFault(String otherwise, RuntimeException failure) {
    String text = text(failure);
    int colon = text.indexOf(": ");
    boolean isService =
        text.startsWith("BadJwt") || text.startsWith("Jwt") || text.startsWith("BadExpiration");
    return isService && colon > 0
        ? new Reply(401, text.substring(0, colon), text.substring(colon + 2))
        : Reply.bad(otherwise, failure);
  }

  static String inactive(Account.State state) {
    return switch (state) {
      case DEACTIVATED -> "AccountDeactivated";
      case TAKENDOWN, SUSPENDED -> "AccountTakedown";
      case ACTIVE, DELETED -> "AccountNotFound";
    };
  }

  private static String text(RuntimeException failure) {
    return Objects.requireNonNullElse(failure.getMessage(), "not possible");
  }
}
