package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.syntax.Nsid;

/** Every method that is not answered here: a service is asked in the caller's name. */
final class PassOn implements Handler {
  private final Forwarding forwarding;

  PassOn(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  public void handle(Context context) {
    String name = context.path().substring(XrpcDoor.PATH.length());
    if (!Nsid.isValid(name)) {
      throw name.isEmpty()
          ? new XrpcFailure(404, "XRPCNotSupported", "no method is named")
          : XrpcFailure.invalid("expected the name of a method after " + XrpcDoor.PATH);
    }
    forwarding.pass(context, forwarding.admit(context, new Nsid(name)));
  }
}
