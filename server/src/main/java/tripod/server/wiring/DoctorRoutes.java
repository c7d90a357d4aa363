package tripod.server.wiring;

import io.javalin.http.Context;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.Route;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** Looks at the installation, and at one person's addresses, as a stranger would. */
final class DoctorRoutes {
  private static final int PAGE = 500;
  private static final int FAULTS_SHOWN = 20;

  private final PodStore store;
  private final Accounts accounts;
  private final OutboundHttp outbound;
  private final URI origin;
  private final Optional<URI> directory;

  /**
   * Looks by the paths that strangers take.
   *
   * @param directory where did:plc identities are, when that is not here
   */
  DoctorRoutes(
      PodStore store,
      Accounts accounts,
      OutboundHttp outbound,
      URI origin,
      Optional<URI> directory) {
    this.store = store;
    this.accounts = accounts;
    this.outbound = outbound;
    this.origin = origin;
    this.directory = directory;
  }

  List<Route> routes() {
    return List.of(AdminAccountRoutes.route("GET", "/api/admin/doctor", 0, this::report));
  }

  private void report(Context request) {
    List<Check> checks = new ArrayList<>();
    checks.add(store());
    checks.add(fetched("service is healthy", origin + "/xrpc/_health", "*/*", body -> true));
    checks.add(
        fetched(
            "sign-in metadata", origin + "/.well-known/openid-configuration", "*/*", body -> true));
    checks.add(fetched("software is named", origin + "/.well-known/nodeinfo", "*/*", body -> true));
    directory.ifPresent(
        plc ->
            checks.add(
                fetched("identity directory answers", plc + "/_health", "*/*", body -> true)));
    String name = request.queryParam("name");
    if (name == null) {
      everyPod(checks);
    } else {
      PodNames names =
          accounts
              .byIdentifier(name)
              .map(accounts::names)
              .orElseThrow(() -> new IdentityFailure.NotFound("there is no account " + name));
      person(names, checks);
    }
    request.json(Map.of("ok", checks.stream().allMatch(Check::ok), "checks", checks));
  }

  private Check store() {
    long head = store.journal().head();
    return new Check("the store answers", head > 0, "journal head " + head);
  }

  private void everyPod(List<Check> checks) {
    List<PodId> page = store.pods(Optional.empty(), PAGE);
    List<String> faults = new ArrayList<>();
    long pods = 0;
    while (!page.isEmpty()) {
      for (PodId pod : page) {
        pods++;
        store.faults(pod).forEach(fault -> faults.add("pod " + pod.value() + ": " + fault));
      }
      page = store.pods(Optional.of(page.getLast()), PAGE);
    }
    checks.add(derived("what is derived equals its rebuild", faults, pods + " pods"));
  }

  private static Check derived(String name, List<String> faults, String looked) {
    return new Check(
        name,
        faults.isEmpty(),
        faults.isEmpty()
            ? looked
            : faults.size() + " differences: " + String.join("; ", first(faults)));
  }

  private static List<String> first(List<String> faults) {
    return faults.subList(0, Math.min(FAULTS_SHOWN, faults.size()));
  }

  private void person(PodNames names, List<Check> checks) {
    String did = names.did().value();
    checks.add(
        derived("what is derived equals its rebuild", store.faults(names.pod()), "all of the pod"));
    checks.add(
        fetched(
            "handle names the DID",
            names.origin() + "/.well-known/atproto-did",
            "*/*",
            body -> body.strip().equals(did)));
    checks.add(
        fetched(
            "repository is described",
            origin + "/xrpc/com.atproto.repo.describeRepo?repo=" + did,
            "*/*",
            body -> body.contains(names.handle().value())));
    checks.add(
        fetched(
            "WebFinger names the actor",
            names.origin() + "/.well-known/webfinger?resource=acct:" + names.acct(),
            "*/*",
            body -> body.contains(names.actor().value())));
    checks.add(
        fetched(
            "actor lists its other names",
            names.actor().value(),
            "application/activity+json",
            body -> body.contains(did)));
    checks.add(
        fetched(
            "WebID names its issuer",
            names.webId().document(),
            "text/turtle",
            body -> body.contains("oidcIssuer")));
    checks.add(
        fetched("storage root is there", names.storage().toString(), "text/turtle", body -> true));
    checks.add(fetched("page is there", names.storage().toString(), "text/html", body -> true));
  }

  private Check fetched(String name, String address, String accept, Predicate<String> says) {
    try {
      OutboundResponse answer =
          outbound.send(
              OutboundRequest.get(URI.create(address), OutboundRequest.Limit.SMALL)
                  .with("Accept", accept));
      String body = new String(answer.body(), StandardCharsets.UTF_8);
      boolean ok = answer.status() == 200 && says.test(body);
      return new Check(
          name,
          ok,
          address + " answered " + answer.status() + (ok ? "" : ", not what was expected"));
    } catch (OutboundFailure unreachable) {
      return new Check(name, false, address + ": " + unreachable.getMessage());
    }
  }

  /** One line of the report. */
  record Check(String name, boolean ok, String detail) {}
}
