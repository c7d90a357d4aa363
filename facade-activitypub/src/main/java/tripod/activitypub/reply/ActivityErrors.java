package tripod.activitypub.reply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.identity.IdentityFailure;
import tripod.podstore.PodFailure;
import tripod.syntax.SyntaxException;

/** The one place where failures become statuses of this door. */
public final class ActivityErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ActivityErrors.class);

  private ActivityErrors() {}

  /** Returns a handler that answers the failures of another. */
  public static Handler guarded(Handler handler) {
    return request -> {
      try {
        handler.handle(request);
      } catch (ActivityFailure e) {
        answer(request, status(e), String.valueOf(e.getMessage()));
      } catch (PodFailure e) {
        answer(request, status(e), String.valueOf(e.getMessage()));
      } catch (IdentityFailure e) {
        answer(request, status(e), String.valueOf(e.getMessage()));
      } catch (SyntaxException e) {
        answer(request, 400, "an identifier breaks its form");
      }
    };
  }

  static int status(ActivityFailure failure) {
    return switch (failure) {
      case ActivityFailure.Malformed f -> 400;
      case ActivityFailure.Unproven f -> 401;
      case ActivityFailure.Forbidden f -> 403;
      case ActivityFailure.Missing f -> 404;
      case ActivityFailure.TooLarge f -> 413;
      case ActivityFailure.WrongType f -> 415;
      case ActivityFailure.Unreachable f -> 422;
    };
  }

  static int status(PodFailure failure) {
    return switch (failure) {
      case PodFailure.NotFound f -> 404;
      case PodFailure.Gone f -> 410;
      case PodFailure.Conflict f -> 409;
      case PodFailure.Refused f -> 422;
      case PodFailure.Invalid f -> 400;
      case PodFailure.TooLarge f -> 413;
      case PodFailure.OverQuota f -> 413;
      case PodFailure.Full f -> 507;
      case PodFailure.Unavailable f -> 503;
      case PodFailure.Stalled f -> 503;
    };
  }

  static int status(IdentityFailure failure) {
    return switch (failure) {
      case IdentityFailure.BadToken f -> 401;
      case IdentityFailure.ExpiredToken f -> 401;
      case IdentityFailure.BadPassword f -> 401;
      case IdentityFailure.Forbidden f -> 403;
      case IdentityFailure.Inactive f -> 403;
      case IdentityFailure.NotFound f -> 404;
      case IdentityFailure.Gone f -> 410;
      case IdentityFailure.Conflict f -> 409;
      case IdentityFailure.RateLimited f -> 429;
      case IdentityFailure.Unavailable f -> 503;
      case IdentityFailure.InvalidHandle f -> 400;
      case IdentityFailure.HandleTaken f -> 400;
      case IdentityFailure.UnsupportedDomain f -> 400;
      case IdentityFailure.InvalidEmail f -> 400;
      case IdentityFailure.EmailTaken f -> 400;
      case IdentityFailure.InvalidInvite f -> 400;
      case IdentityFailure.WeakPassword f -> 400;
      case IdentityFailure.Invalid f -> 400;
      case IdentityFailure.Unsupported f -> 400;
    };
  }

  private static void answer(Context request, int status, String reason) {
    if (LOG.isDebugEnabled()) {
      LOG.debug("{} {}: {} {}", request.method(), request.path(), status, reason);
    }
    if (status == 401) {
      request.header("WWW-Authenticate", "Signature realm=\"activitypub\", Bearer");
    }
    if (status == 503) {
      request.header("Retry-After", "30");
    }
    Reply.vary(request);
    ObjectNode body = ActivityJson.object();
    body.put("error", reason);
    request.status(status);
    request.header("Content-Type", "application/json");
    request.result(ActivityJson.write(body));
  }
}
