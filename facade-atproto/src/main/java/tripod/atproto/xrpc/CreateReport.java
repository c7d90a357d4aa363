package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tripod.atproto.json.RecordJson;
import tripod.atproto.proxy.ServiceName;
import tripod.atproto.proxy.Upstreams;
import tripod.identity.Account;
import tripod.identity.Reports;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Nsid;

/**
 * {@code com.atproto.moderation.createReport}: sent to the service that the caller names or the
 * host has for it; where there is none, the operator gets it (atproto.md 1.4).
 */
final class CreateReport implements Handler {
  static final Nsid METHOD = new Nsid("com.atproto.moderation.createReport");

  private static final int SUBJECT_CHARS_MAX = 10_000;

  private final Forwarding forwarding;
  private final Authentication authentication;
  private final Reports reports;

  CreateReport(Forwarding forwarding, Authentication authentication, Reports reports) {
    this.forwarding = forwarding;
    this.authentication = authentication;
    this.reports = reports;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.caller(context);
    Optional<ServiceName> service =
        Forwarding.named(context)
            .or(() -> forwarding.services().upstreams().reports().map(Upstreams.Upstream::name));
    if (service.isPresent()) {
      Forwarding.mayAsk(caller, METHOD, service.get());
      forwarding.pass(context, new Forwarding.Admitted(caller, METHOD, service.get()));
    } else {
      keep(context, caller.rpcHere(METHOD.value()).account());
    }
  }

  private void keep(Context context, Account reporter) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    if (!(body.find("subject") instanceof DagFields subject)) {
      throw XrpcFailure.invalid("Input must have the property \"subject\"");
    }
    Reports.Report report =
        reports.keep(
            reporter.pod(),
            reporter.did(),
            Request.text(body, "reasonType"),
            Request.optional(body, "reason").orElse(""),
            json(subject));
    Answer.json(
        context,
        out -> {
          out.writeNumberField("id", report.id());
          out.writeStringField("reasonType", report.reasonType());
          if (!report.reason().isEmpty()) {
            out.writeStringField("reason", report.reason());
          }
          out.writeFieldName("subject");
          RecordJson.write(subject, out);
          out.writeStringField("reportedBy", report.reportedBy().value());
          out.writeStringField("createdAt", report.made().toString());
        });
  }

  private static String json(DagFields subject) {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder()) {
      try (JsonGenerator out = RecordJson.JSON.createGenerator(bytes)) {
        RecordJson.write(subject, out);
      }
      String text = new String(bytes.toByteArray(), StandardCharsets.UTF_8);
      if (text.length() > SUBJECT_CHARS_MAX) {
        throw XrpcFailure.invalid("Input/subject is too long");
      }
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
  }
}
