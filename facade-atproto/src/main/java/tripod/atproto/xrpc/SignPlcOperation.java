package tripod.atproto.xrpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tripod.atproto.json.RecordJson;
import tripod.identity.Account;
import tripod.identity.did.Plc;
import tripod.identity.key.HostKeys;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/** {@code com.atproto.identity.signPlcOperation}: signs a change of an identity, sends nothing. */
final class SignPlcOperation implements Handler {
  private final Authentication authentication;
  private final MailCodes codes;
  private final Plc plc;
  private final HostKeys keys;

  SignPlcOperation(Authentication authentication, MailCodes codes, Plc plc, HostKeys keys) {
    this.authentication = authentication;
    this.codes = codes;
    this.plc = plc;
    this.keys = keys;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).identity("*").notApp().account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    String code =
        Request.optional(body, "token")
            .orElseThrow(
                () ->
                    XrpcFailure.invalid(
                        "email confirmation token required to sign PLC operations"));
    codes.use(account.pod(), MailCodes.Purpose.PLC_OPERATION, code);
    DagFields last =
        fields(
            plc.last(account.did())
                .orElseThrow(() -> XrpcFailure.invalid("the identity is in no directory")));
    if (!last.type().isEmpty() || last.text("type").orElse("").equals("plc_tombstone")) {
      throw XrpcFailure.invalid("Did is tombstoned");
    }
    DagFields state =
        fields(
            plc.data(account.did())
                .orElseThrow(() -> XrpcFailure.invalid("the identity is in no directory")));
    DagFields.Builder operation =
        DagFields.builder()
            .put("type", "plc_operation")
            .put("prev", Cid.ofDagCbor(DagCbor.encode(last)).toString());
    for (String field :
        new String[] {"rotationKeys", "alsoKnownAs", "verificationMethods", "services"}) {
      operation.putIf(field, body.get(field).or(() -> state.get(field)));
    }
    DagFields unsigned = operation.build();
    byte[] signature = keys.signRotation(DagCbor.encode(unsigned));
    DagFields signed =
        unsigned.with(
            "sig", DagValue.of(Base64.getUrlEncoder().withoutPadding().encodeToString(signature)));
    Answer.json(
        context,
        out -> {
          out.writeFieldName("operation");
          RecordJson.write(signed, out);
        });
  }

  private static DagFields fields(JsonNode json) {
    return (DagFields) RecordJson.parse(json.toString().getBytes(StandardCharsets.UTF_8));
  }
}
