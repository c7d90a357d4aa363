package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.Accounts;
import tripod.syntax.Did;

/** {@code com.atproto.admin.getAccountInfos}: those that are here, in the order asked for. */
final class GetAccountInfos implements Handler {
  private static final int DIDS_MAX = 100;

  private final Accounts accounts;
  private final AccountViews views;

  GetAccountInfos(Accounts accounts, AccountViews views) {
    this.accounts = accounts;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    List<String> dids = context.queryParams("dids");
    if (dids.isEmpty() || dids.size() > DIDS_MAX || !dids.stream().allMatch(Did::isValid)) {
      throw XrpcFailure.invalid("dids must be 1 to " + DIDS_MAX + " DIDs");
    }
    List<AccountViews.View> found = new ArrayList<>();
    for (String did : dids) {
      Optional.of(new Did(did)).flatMap(accounts::byDid).map(views::of).ifPresent(found::add);
    }
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("infos");
          for (AccountViews.View view : found) {
            views.write(view, out);
          }
          out.writeEndArray();
        });
  }
}
