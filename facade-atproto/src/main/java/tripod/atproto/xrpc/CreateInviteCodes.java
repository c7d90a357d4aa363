package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Invites;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.createInviteCodes}: the same number for each account named. */
final class CreateInviteCodes implements Handler {
  private static final int CODES_MAX = 500;
  private static final int ACCOUNTS_MAX = 100;
  private static final String OPERATOR = "admin";

  private final Invites invites;
  private final AccountViews views;

  CreateInviteCodes(Invites invites, AccountViews views) {
    this.invites = invites;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    int count = Request.number(body, "codeCount", 1, CODES_MAX);
    int uses = Request.number(body, "useCount", 1, CreateInviteCode.USES_MAX);
    Map<String, List<String>> codes = new LinkedHashMap<>();
    List<String> named = Request.texts(body, "forAccounts");
    if (named.size() > ACCOUNTS_MAX) {
      throw XrpcFailure.invalid("forAccounts may have " + ACCOUNTS_MAX + " entries");
    }
    for (String account : named.isEmpty() ? List.of(OPERATOR) : named) {
      Optional<Account> whose =
          account.equals(OPERATOR) ? Optional.empty() : Optional.of(views.account(account));
      codes.put(account, invites.create(count, uses, whose.map(Account::pod)));
    }
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("codes");
          for (Map.Entry<String, List<String>> of : codes.entrySet()) {
            out.writeStartObject();
            out.writeStringField("account", of.getKey());
            out.writeArrayFieldStart("codes");
            for (String code : of.getValue()) {
              out.writeString(code);
            }
            out.writeEndArray();
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
