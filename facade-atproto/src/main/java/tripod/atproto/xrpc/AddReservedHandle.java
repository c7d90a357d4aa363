package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.AuditLog;
import tripod.identity.IdentityConfig;
import tripod.identity.ReservedHandles;
import tripod.syntax.Handle;

/** {@code com.atproto.temp.addReservedHandle}, of handles that this host could give. */
final class AddReservedHandle implements Handler {
  private final ReservedHandles reserved;
  private final IdentityConfig config;
  private final AuditLog audit;

  AddReservedHandle(ReservedHandles reserved, IdentityConfig config, AuditLog audit) {
    this.reserved = reserved;
    this.config = config;
    this.audit = audit;
  }

  @Override
  public void handle(Context context) {
    Handle handle =
        CreateAccount.handle(
            Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "handle"));
    if (config.handleDomains().stream().noneMatch(handle::isUnder)) {
      throw XrpcFailure.of("UnsupportedDomain", "handles here end in " + config.handleDomains());
    }
    if (reserved.add(handle)) {
      audit.append(
          new AuditLog.Event(
              Optional.empty(), "handle.reserved", handle.value(), Optional.empty()));
    }
    Answer.json(context, out -> {});
  }
}
