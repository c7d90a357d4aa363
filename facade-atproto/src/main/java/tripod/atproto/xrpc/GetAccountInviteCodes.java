package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tripod.identity.Invites;

/**
 * {@code com.atproto.server.getAccountInviteCodes}: the codes an operator gave the account. None
 * are earned by time here, so that {@code createAvailable} makes none.
 */
final class GetAccountInviteCodes implements Handler {
  private final Invites invites;
  private final Authentication authentication;
  private final AccountViews views;

  GetAccountInviteCodes(Invites invites, Authentication authentication, AccountViews views) {
    this.invites = invites;
    this.authentication = authentication;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.active(context).full();
    boolean used = !Request.optional(context, "includeUsed").filter("false"::equals).isPresent();
    List<Invites.Invite> all =
        invites.of(caller.account().pod()).stream()
            .filter(invite -> !invite.disabled() && (used || invite.left() > 0))
            .toList();
    Answer.json(context, out -> views.invites(all, out));
  }
}
