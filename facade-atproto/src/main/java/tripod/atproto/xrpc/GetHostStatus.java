package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.podstore.Journal;

/** {@code com.atproto.sync.getHostStatus}: of the hosts listened to here there is one, this one. */
final class GetHostStatus implements Handler {
  private final IdentityConfig config;
  private final Accounts accounts;
  private final Journal journal;

  GetHostStatus(IdentityConfig config, Accounts accounts, Journal journal) {
    this.config = config;
    this.accounts = accounts;
    this.journal = journal;
  }

  @Override
  public void handle(Context context) {
    String hostName = Request.param(context, "hostname");
    if (!hostName.equalsIgnoreCase(config.origin().getAuthority())) {
      throw XrpcFailure.of("HostNotFound", "not listened to here: " + hostName);
    }
    Answer.json(context, this::write);
  }

  /** Writes the fields of this host. */
  void write(JsonGenerator out) throws IOException {
    out.writeStringField("hostname", config.origin().getAuthority());
    out.writeNumberField("seq", journal.head());
    out.writeNumberField("accountCount", accounts.count());
    out.writeStringField("status", "active");
  }
}
