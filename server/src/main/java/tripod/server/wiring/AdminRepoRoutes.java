package tripod.server.wiring;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tripod.atproto.AtprotoFacade;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.Route;
import tripod.podstore.PodFailure;

/** Repositories in and out, for the launcher's verbs {@code import} and {@code export}. */
final class AdminRepoRoutes {
  /** Largest archive in bytes (SEC-11). */
  private static final long CAR_BYTES_MAX = 100L * 1024 * 1024;

  private final Accounts accounts;
  private final AtprotoFacade atproto;

  AdminRepoRoutes(Accounts accounts, AtprotoFacade atproto) {
    this.accounts = accounts;
    this.atproto = atproto;
  }

  List<Route> routes() {
    return List.of(
        AdminAccountRoutes.route(
            "POST", "/api/admin/accounts/{name}/import", CAR_BYTES_MAX, this::take),
        AdminAccountRoutes.route("GET", "/api/admin/accounts/{name}/repo.car", 0, this::give),
        AdminAccountRoutes.route("GET", "/api/admin/relays", 0, this::relays));
  }

  private void relays(Context request) {
    List<Map<String, Object>> relays = new ArrayList<>();
    for (AtprotoFacade.RelayView view : atproto.relays()) {
      Map<String, Object> shown = new LinkedHashMap<>();
      shown.put("relay", view.relay().toString());
      shown.put("asked", view.asked().map(Instant::toString).orElse("not yet"));
      view.seq().ifPresent(seq -> shown.put("seq", seq));
      view.accounts().ifPresent(accounts -> shown.put("accounts", accounts));
      shown.put("status", view.status());
      relays.add(shown);
    }
    request.json(Map.of("seq", atproto.lastFrame(), "relays", relays));
  }

  private void take(Context request) throws IOException {
    Account account = AdminAccountRoutes.named(accounts, request);
    boolean copy = "true".equals(request.queryParam("copy"));
    try (InputStream car = request.req().getInputStream()) {
      AtprotoFacade.Imported done = atproto.importCar(account.pod(), car, copy);
      request.json(
          Map.of(
              "did", done.did().value(),
              "data", done.root().toString(),
              "records", done.records(),
              "written", done.written(),
              "missingBlobs", done.missingBlobs()));
    } catch (PodFailure refused) {
      request.status(400);
      request.json(Map.of("message", String.valueOf(refused.getMessage())));
    }
  }

  private void give(Context request) throws IOException {
    Account account = AdminAccountRoutes.named(accounts, request);
    request.contentType("application/vnd.ipld.car");
    OutputStream out = request.res().getOutputStream();
    atproto.exportCar(account.pod(), out);
    out.flush();
  }
}
