package tripod.server.doorway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tripod.identity.route.Route;
import tripod.identity.route.Route.HostKind;

class RouteTableTest {
  private static Route get(HostKind host, String path, String... accepts) {
    return Route.get(host, path, request -> {}).accepting(accepts);
  }

  private static RouteTable.Found find(RouteTable table, HostKind host, String path) {
    RequestTarget target = RequestTarget.parse(path).orElseThrow();
    return table.find(host, target.segments(), target.path()).orElseThrow();
  }

  private static Map<String, String> params(RouteTable table, String path) {
    RouteTable.Found found = find(table, HostKind.SERVICE, path);
    return found.params(found.of("GET").getFirst());
  }

  @Test
  void aSpecialSharedPath_leavesOtherTypesToAGeneralOne() {
    RouteTable table =
        RouteTable.withAdmin(
            List.of(
                get(HostKind.POD, "/social/posts/{name}", "text/html"),
                get(HostKind.POD, "/social/{kind}/{name}", "application/activity+json"),
                get(HostKind.POD, "/{any}/{kind}/{name}")));
    RouteTable.Found found = find(table, HostKind.POD, "/social/posts/3k");
    assertEquals(3, found.of("GET").size());
    assertEquals("posts", found.params(found.of("GET").get(1)).get("kind"));
    assertEquals(2, find(table, HostKind.POD, "/social/likes/3k").of("GET").size());
  }

  @Test
  void routes_thatOverlap_stopTheStart() {
    assertThrows(
        IllegalStateException.class,
        () ->
            RouteTable.withAdmin(
                List.of(get(HostKind.POD, "/actor"), get(HostKind.ANY, "/actor"))));
    assertThrows(
        IllegalStateException.class,
        () ->
            RouteTable.withAdmin(
                List.of(
                    get(HostKind.POD, "/social/posts/{a}", "text/html"),
                    get(HostKind.POD, "/social/posts/{b}", "text/html", "text/plain"))));
  }

  @Test
  void routes_withOtherTypesOrHosts_shareAPath() {
    RouteTable table =
        RouteTable.withAdmin(
            List.of(
                get(HostKind.POD, "/social/posts/{name}", "text/html"),
                get(HostKind.POD, "/social/posts/{name}", "application/activity+json"),
                get(HostKind.SERVICE, "/social/posts/{name}")));
    assertEquals(2, find(table, HostKind.POD, "/social/posts/3k").of("GET").size());
    assertEquals(1, find(table, HostKind.SERVICE, "/social/posts/3k").of("HEAD").size());
  }

  @Test
  void variableParts_areDecodedAndNamed() {
    RouteTable table =
        RouteTable.withAdmin(
            List.of(get(HostKind.SERVICE, "/{did}"), get(HostKind.SERVICE, "/console/*")));
    assertEquals("did:plc:abc", params(table, "/did%3Aplc%3Aabc").get("did"));
    assertEquals("a/b", params(table, "/console/a/b").get("*"));
    assertEquals("", params(table, "/console/").get("*"));
  }

  @Test
  void literalPaths_winOverVariableOnes() {
    RouteTable table =
        RouteTable.withAdmin(
            List.of(
                get(HostKind.SERVICE, "/{did}"),
                get(HostKind.SERVICE, "/inbox"),
                get(HostKind.SERVICE, "/plc/{did}/log"),
                get(HostKind.SERVICE, "/plc/*")));
    assertTrue(params(table, "/inbox").isEmpty());
    assertTrue(params(table, "/plc/x/log").containsKey("did"));
    assertTrue(params(table, "/plc/x/y").containsKey("*"));
  }

  @Test
  void SEC_72_aPathIsDecodedOnce_andHidesNoSeparator() {
    for (String bad :
        List.of(
            "/a%2Fb",
            "/a%5Cb",
            "/a%00",
            "/../x",
            "/a/./b",
            "/a/%2e%2e/b",
            "/a%",
            "/a%4",
            "/a%zz",
            "/a%c0%af",
            "/a%ff",
            "a",
            "")) {
      assertEquals(Optional.empty(), RequestTarget.parse(bad), bad);
    }
    assertEquals("/a%20b", RequestTarget.parse("/a%2520b").orElseThrow().path());
    assertEquals("/é", RequestTarget.parse("/%C3%A9").orElseThrow().path());
  }

  @Test
  void accept_namesTheDoor() {
    Route html = get(HostKind.POD, "/p", "text/html");
    Route activity = get(HostKind.POD, "/p", "application/activity+json");
    List<Route> both = List.of(html, activity);
    assertEquals(Optional.of(html), choose(both, "text/html,application/xhtml+xml,*/*;q=0.8"));
    assertEquals(Optional.of(activity), choose(both, "application/activity+json"));
    assertEquals(
        Optional.of(activity),
        choose(
            both,
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", text/html;q=0.1"));
    assertEquals(Optional.empty(), choose(both, "application/ld+json"));
    assertEquals(Optional.empty(), choose(both, "*/*"));
    assertEquals(Optional.empty(), choose(both, "text/turtle, text/html;q=0.9"));
    assertEquals(Optional.of(html), choose(both, "image/png, text/html;q=0.2"));
    assertEquals(Optional.empty(), choose(both, "text/html;q=0"));
  }

  private static Optional<Route> choose(List<Route> routes, String accept) {
    return AcceptField.choose(routes, Optional.of(accept), true);
  }
}
