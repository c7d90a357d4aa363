package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.AccountQueries;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.Invites;
import tripod.syntax.Did;

/** Accounts and invitations as operators see them: {@code accountView}, {@code inviteCode}. */
final class AccountViews {
  private final Accounts accounts;
  private final AccountQueries queries;
  private final Invites invites;

  AccountViews(Accounts accounts, AccountQueries queries, Invites invites) {
    this.accounts = accounts;
    this.queries = queries;
    this.invites = invites;
  }

  /** What is told of one account, read before it is written. */
  record View(
      Account account,
      AccountQueries.Details details,
      Optional<Invites.Invite> invitedBy,
      List<Invites.Invite> invites) {}

  View of(Account account) {
    return new View(
        account,
        queries.details(account.pod()),
        invites.usedBy(account.did()),
        invites.of(account.pod()));
  }

  /** Returns the account that a DID names, which an operator takes for known. */
  Account account(String did) {
    return (Did.isValid(did) ? accounts.byDid(new Did(did)) : Optional.<Account>empty())
        .orElseThrow(() -> new IdentityFailure.NotFound("Account not found"));
  }

  void write(View view, JsonGenerator out) throws IOException {
    Account account = view.account();
    out.writeStartObject();
    out.writeStringField("did", account.did().value());
    out.writeStringField("handle", account.handle().value());
    if (account.email().isPresent()) {
      out.writeStringField("email", account.email().get());
    }
    out.writeStringField("indexedAt", account.created().toString());
    if (view.invitedBy().isPresent()) {
      out.writeFieldName("invitedBy");
      invite(view.invitedBy().get(), out);
    }
    out.writeArrayFieldStart("invites");
    for (Invites.Invite invite : view.invites()) {
      invite(invite, out);
    }
    out.writeEndArray();
    out.writeBooleanField("invitesDisabled", view.details().invitesDisabled());
    if (view.details().emailConfirmed().isPresent()) {
      out.writeStringField("emailConfirmedAt", view.details().emailConfirmed().get().toString());
    }
    if (account.deactivated().isPresent()) {
      out.writeStringField("deactivatedAt", account.deactivated().get().toString());
    }
    out.writeEndObject();
  }

  /** Writes an invitation; the operator's are called {@code admin}. */
  void invite(Invites.Invite invite, JsonGenerator out) throws IOException {
    String whose = invite.pod().flatMap(accounts::byPod).map(a -> a.did().value()).orElse("admin");
    out.writeStartObject();
    out.writeStringField("code", invite.code());
    out.writeNumberField("available", invite.uses());
    out.writeBooleanField("disabled", invite.disabled());
    out.writeStringField("forAccount", whose);
    out.writeStringField("createdBy", whose);
    out.writeStringField("createdAt", invite.created().toString());
    out.writeArrayFieldStart("uses");
    for (Invites.Use use : invite.used()) {
      out.writeStartObject();
      out.writeStringField("usedBy", use.did().value());
      out.writeStringField("usedAt", use.at().toString());
      out.writeEndObject();
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  void invites(List<Invites.Invite> all, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("codes");
    for (Invites.Invite invite : all) {
      invite(invite, out);
    }
    out.writeEndArray();
  }
}
