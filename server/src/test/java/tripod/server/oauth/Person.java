package tripod.server.oauth;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import tripod.server.wiring.MemberHost;

/** A person with a browser that runs no script. */
final class Person {
  static final String SIGN_IN = "/oauth/authorize/sign-in";
  static final String DECIDE = "/oauth/authorize/decide";

  private final String origin;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Person(MemberHost host) {
    this.origin = host.origin();
  }

  Response get(String address) {
    return kept(browser().get(absolute(address)));
  }

  private RequestSpecification browser() {
    return MemberHost.ask().header("Accept", "text/html").cookies(cookies);
  }

  private Response kept(Response response) {
    response
        .getDetailedCookies()
        .forEach(
            cookie -> {
              if (cookie.getMaxAge() == 0) {
                cookies.remove(cookie.getName());
              } else {
                cookies.put(cookie.getName(), cookie.getValue());
              }
            });
    return response;
  }

  private String absolute(String address) {
    return address.startsWith("/") ? origin + address : address;
  }

  /** Opens an address of the server, going on as it says. */
  Response open(String address) {
    Response page = get(address);
    while (page.statusCode() == 303 && isOurs(page.header("Location"))) {
      page = get(page.header("Location"));
    }
    return page;
  }

  private boolean isOurs(String location) {
    return location.startsWith("/") || location.startsWith(origin + "/");
  }

  /** Sends a form of a page, with what the person puts in. */
  Response send(Response page, String action, Map<String, ?> typed) {
    return send(page, action, typed, scope -> true);
  }

  Response send(Response page, String action, Map<String, ?> typed, Predicate<String> ticked) {
    Document document = Jsoup.parse(page.asString());
    Element form = document.selectFirst("form[action=\"" + action + "\"]");
    if (form == null) {
      throw new AssertionError(page.statusCode() + " no form to " + action + ":\n" + document);
    }
    RequestSpecification request = browser();
    for (Element input : form.select("input[type=hidden], input[type=checkbox][checked]")) {
      boolean box = input.attr("type").equals("checkbox");
      if ((!box || ticked.test(input.val())) && !typed.containsKey(input.attr("name"))) {
        request.formParam(input.attr("name"), input.val());
      }
    }
    typed.forEach(request::formParam);
    return kept(
        request
            .urlEncodingEnabled(true)
            .header("Origin", "null")
            .header("Sec-Fetch-Site", "same-origin")
            .post(origin + action));
  }

  /** Signs in and returns the page that comes then. */
  Response signIn(String address, String name) {
    Response answer =
        send(open(address), SIGN_IN, Map.of("name", name, "password", MemberHost.PASSWORD));
    if (answer.statusCode() != 303) {
      throw new AssertionError(answer.asString());
    }
    return open(answer.header("Location"));
  }

  /** Signs in, grants all that is asked for, and returns where the browser is sent. */
  URI letIn(String address, String name) {
    return URI.create(
        send(signIn(address, name), DECIDE, Map.of("decision", "grant"))
            .then()
            .statusCode(303)
            .extract()
            .header("Location"));
  }

  /** Returns what the consent page names. */
  static List<String> scopes(Response page) {
    return Jsoup.parse(page.asString()).select("input[name=scope]").eachAttr("value");
  }

  /** Takes an answer apart. */
  static Map<String, String> params(URI location) {
    String text =
        location.getRawQuery() == null ? location.getRawFragment() : location.getRawQuery();
    Map<String, String> params = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      params.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return params;
  }
}
