package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tripod.identity.token.AppPasswords;

/** {@code com.atproto.server.listAppPasswords}. */
final class ListAppPasswords implements Handler {
  private final AppPasswords passwords;
  private final Authentication authentication;

  ListAppPasswords(AppPasswords passwords, Authentication authentication) {
    this.passwords = passwords;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.active(context).notOauth();
    List<AppPasswords.Listed> all = passwords.list(caller.account().pod());
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("passwords");
          for (AppPasswords.Listed listed : all) {
            out.writeStartObject();
            out.writeStringField("name", listed.name());
            out.writeStringField("createdAt", listed.created().toString());
            out.writeBooleanField("privileged", listed.privileged());
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }
}
