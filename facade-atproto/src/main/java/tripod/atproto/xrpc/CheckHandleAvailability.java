package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.syntax.Handle;

/** {@code com.atproto.temp.checkHandleAvailability}. */
final class CheckHandleAvailability implements Handler {
  private static final String PREFIX = "com.atproto.temp.checkHandleAvailability#";
  private static final int SUGGESTIONS_MAX = 5;
  private static final int NUMBERS_MAX = 50;

  private final Accounts accounts;

  CheckHandleAvailability(Accounts accounts) {
    this.accounts = accounts;
  }

  /** What may be had instead, and how it was made. */
  private record Suggestion(Handle handle, String method) {}

  @Override
  public void handle(Context context) {
    Handle handle = CreateAccount.handle(Request.param(context, "handle"));
    Request.optional(context, "email")
        .filter(email -> email.indexOf('@') < 1 || email.indexOf('@') == email.length() - 1)
        .ifPresent(
            email -> {
              throw XrpcFailure.of("InvalidEmail", "Invalid email.");
            });
    boolean free = isFree(handle);
    List<Suggestion> suggestions = free ? List.of() : suggestions(handle);
    Answer.json(
        context,
        out -> {
          out.writeStringField("handle", handle.value());
          out.writeObjectFieldStart("result");
          out.writeStringField("$type", PREFIX + (free ? "resultAvailable" : "resultUnavailable"));
          if (!free) {
            out.writeArrayFieldStart("suggestions");
            for (Suggestion suggestion : suggestions) {
              out.writeStartObject();
              out.writeStringField("handle", suggestion.handle().value());
              out.writeStringField("method", suggestion.method());
              out.writeEndObject();
            }
            out.writeEndArray();
          }
          out.writeEndObject();
        });
  }

  /** A handle that breaks a rule is refused; one that only somebody else has is not free. */
  private boolean isFree(Handle handle) {
    try {
      accounts.checkNewHandle(handle);
      return true;
    } catch (IdentityFailure.HandleTaken e) {
      return false;
    }
  }

  private List<Suggestion> suggestions(Handle taken) {
    String text = taken.value();
    String name = text.substring(0, text.indexOf('.'));
    String domain = text.substring(text.indexOf('.'));
    List<Suggestion> free = new ArrayList<>();
    for (int number = 1; number <= NUMBERS_MAX && free.size() < SUGGESTIONS_MAX; number++) {
      String other = (name + number + domain).toLowerCase(Locale.ROOT);
      if (Handle.isValid(other) && canBeHad(new Handle(other))) {
        free.add(new Suggestion(new Handle(other), "number"));
      }
    }
    return free;
  }

  private boolean canBeHad(Handle handle) {
    try {
      return isFree(handle);
    } catch (IdentityFailure.InvalidHandle | IdentityFailure.UnsupportedDomain e) {
      return false;
    }
  }
}
