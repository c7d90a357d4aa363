package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tripod.identity.Invites;

/** {@code com.atproto.admin.getInviteCodes}. */
final class GetInviteCodes implements Handler {
  private static final int LIMIT = 100;
  private static final int LIMIT_MAX = 500;

  private final Invites invites;
  private final AccountViews views;

  GetInviteCodes(Invites invites, AccountViews views) {
    this.invites = invites;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    Invites.Order order =
        switch (Request.optional(context, "sort").orElse("recent")) {
          case "recent" -> Invites.Order.RECENT;
          case "usage" -> Invites.Order.USAGE;
          default -> throw XrpcFailure.invalid("sort must be recent or usage");
        };
    int skipped = skipped(Request.optional(context, "cursor").orElse("0"));
    List<Invites.Invite> page = invites.list(order, skipped, limit);
    Answer.json(
        context,
        out -> {
          views.invites(page, out);
          if (page.size() == limit) {
            out.writeStringField("cursor", String.valueOf(skipped + limit));
          }
        });
  }

  private static int skipped(String cursor) {
    if (!cursor.matches("[0-9]{1,9}")) {
      throw XrpcFailure.invalid("cursor is none of ours");
    }
    return Integer.parseInt(cursor);
  }
}
