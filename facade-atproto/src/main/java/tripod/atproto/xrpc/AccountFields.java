package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Locale;
import tripod.identity.Account;
import tripod.identity.token.Sessions;

/** Fields that several methods answer of an account. */
final class AccountFields {
  private AccountFields() {}

  /** Writes whether it is active, and why not. */
  static void status(Account account, JsonGenerator out) throws IOException {
    out.writeBooleanField("active", account.isActive());
    if (!account.isActive()) {
      out.writeStringField("status", account.state().name().toLowerCase(Locale.ROOT));
    }
  }

  /** Writes who it is. */
  static void names(Account account, JsonGenerator out) throws IOException {
    out.writeStringField("handle", account.handle().value());
    out.writeStringField("did", account.did().value());
  }

  /** Writes where mail goes, for the owner alone. */
  static void email(Account account, JsonGenerator out) throws IOException {
    if (account.email().isPresent()) {
      out.writeStringField("email", account.email().get());
      out.writeBooleanField("emailConfirmed", account.emailConfirmed());
      out.writeBooleanField("emailAuthFactor", false);
    }
  }

  /** Writes a session that was opened. */
  static void session(Sessions.Session session, JsonGenerator out) throws IOException {
    out.writeStringField("accessJwt", session.accessJwt());
    out.writeStringField("refreshJwt", session.refreshJwt());
    names(session.account(), out);
    email(session.account(), out);
    status(session.account(), out);
  }
}
