package tripod.server.wiring;

import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.route.Route;
import tripod.podstore.Blobs;
import tripod.podstore.PodStore;
import tripod.podstore.Usage;
import tripod.podstore.blob.BlobCollector;

/** Unused blobs and quotas, for the launcher's verbs {@code gc-blobs} and {@code account quota}. */
final class AdminBlobRoutes {
  private static final int BODY_BYTES_MAX = 1024;

  private final Accounts accounts;
  private final PodStore store;
  private final BlobCollector collector;

  AdminBlobRoutes(Accounts accounts, PodStore store, BlobCollector collector) {
    this.accounts = accounts;
    this.store = store;
    this.collector = collector;
  }

  List<Route> routes() {
    return List.of(
        AdminAccountRoutes.route("POST", "/api/admin/blobs/collect", BODY_BYTES_MAX, this::collect),
        AdminAccountRoutes.route(
            "POST", "/api/admin/accounts/{name}/quota", BODY_BYTES_MAX, this::quota));
  }

  private void collect(Context request) {
    Blobs.Collected done = collector.run();
    request.json(
        Map.of(
            "trashed", done.trashed(),
            "removed", done.removed(),
            "removedBytes", done.removedBytes(),
            "failed", done.failed()));
  }

  private void quota(Context request) {
    Account account = AdminAccountRoutes.named(accounts, request);
    String wanted = String.valueOf(request.bodyAsClass(Map.class).get("bytes"));
    store.quota(account.pod(), bytes(wanted));
    Usage usage = store.usage(account.pod());
    request.json(Map.of("bytes", usage.bytes(), "quotaBytes", usage.quotaBytes()));
  }

  private static OptionalLong bytes(String text) {
    if (text.equals("default")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseUnsignedLong(text));
    } catch (NumberFormatException malformed) {
      throw new IdentityFailure.Invalid(
          "expected a number of bytes, or the word default, not " + text, malformed);
    }
  }
}
