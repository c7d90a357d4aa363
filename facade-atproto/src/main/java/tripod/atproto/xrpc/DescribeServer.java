package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.IdentityConfig;

/** {@code com.atproto.server.describeServer}. */
final class DescribeServer implements Handler {
  private final IdentityConfig config;

  DescribeServer(IdentityConfig config) {
    this.config = config;
  }

  @Override
  public void handle(Context context) {
    Answer.json(
        context,
        out -> {
          out.writeStringField("did", config.serviceDid().value());
          out.writeArrayFieldStart("availableUserDomains");
          for (String domain : config.handleDomains()) {
            out.writeString(domain);
          }
          out.writeEndArray();
          out.writeBooleanField("inviteCodeRequired", config.inviteRequired());
          out.writeBooleanField("phoneVerificationRequired", false);
          out.writeNumberField("blobUploadLimit", UploadBlob.BYTES_MAX);
          out.writeObjectFieldStart("links");
          out.writeEndObject();
          out.writeObjectFieldStart("contact");
          out.writeEndObject();
        });
  }
}
