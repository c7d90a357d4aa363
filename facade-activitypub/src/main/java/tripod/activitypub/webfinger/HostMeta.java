package tripod.activitypub.webfinger;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;

/**
 * {@code GET /.well-known/host-meta}: where WebFinger is.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6415">RFC 6415: Web Host Metadata</a>
 */
public final class HostMeta implements Handler {
  private final Accounts accounts;
  private final URI serviceOrigin;

  /** Makes the handler. */
  public HostMeta(Accounts accounts, URI serviceOrigin) {
    this.accounts = accounts;
    this.serviceOrigin = serviceOrigin;
  }

  @Override
  public void handle(Context request) {
    URI origin =
        RequestPod.find(request)
            .map(account -> accounts.names(account).origin())
            .orElse(serviceOrigin);
    request.header("Content-Type", "application/xrd+xml; charset=utf-8");
    request.header("Access-Control-Allow-Origin", "*");
    // An origin has none of the characters that XML escapes.
    request.result(
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
          <Link rel="lrdd" type="application/jrd+json" template="%s/.well-known/webfinger?resource={uri}"/>
        </XRD>
        """
            .formatted(origin));
  }
}
