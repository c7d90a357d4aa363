package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.AuditLog;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.admin.sendEmail}: free text from the operator to a member. */
final class SendEmail implements Handler {
  private static final int CONTENT_CHARS_MAX = 50_000;

  private final AccountViews views;
  private final Mails mails;
  private final AuditLog audit;

  SendEmail(AccountViews views, Mails mails, AuditLog audit) {
    this.views = views;
    this.mails = mails;
    this.audit = audit;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Account account = views.account(Request.text(body, "recipientDid"));
    String sender = Request.text(body, "senderDid");
    String content = Request.text(body, "content");
    if (content.length() > CONTENT_CHARS_MAX) {
      throw XrpcFailure.invalid("content may have " + CONTENT_CHARS_MAX + " characters");
    }
    String subject = Request.optional(body, "subject").orElse("Message from your host's operator");
    mails.send(account, subject, content);
    audit.append(
        new AuditLog.Event(
            Optional.of(account.pod()),
            "mail.operator",
            sender + ": " + subject,
            Optional.empty()));
    Answer.json(context, out -> out.writeBooleanField("sent", true));
  }
}
