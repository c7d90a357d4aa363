package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.IdentityConfig;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;

/** {@code com.atproto.identity.getRecommendedDidCredentials}. */
final class GetRecommendedDidCredentials implements Handler {
  private final Authentication authentication;
  private final PodKeys keys;
  private final HostKeys hostKeys;
  private final IdentityConfig config;

  GetRecommendedDidCredentials(
      Authentication authentication, PodKeys keys, HostKeys hostKeys, IdentityConfig config) {
    this.authentication = authentication;
    this.keys = keys;
    this.hostKeys = hostKeys;
    this.config = config;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.leaving(context).account();
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("rotationKeys");
          out.writeString(hostKeys.rotationDidKey());
          out.writeEndArray();
          out.writeArrayFieldStart("alsoKnownAs");
          out.writeString("at://" + account.handle());
          out.writeEndArray();
          out.writeObjectFieldStart("verificationMethods");
          out.writeStringField("atproto", keys.didKey(account.pod()));
          out.writeEndObject();
          out.writeObjectFieldStart("services");
          out.writeObjectFieldStart("atproto_pds");
          out.writeStringField("type", "AtprotoPersonalDataServer");
          out.writeStringField("endpoint", config.origin().toString());
          out.writeEndObject();
          out.writeEndObject();
        });
  }
}
