package tripod.console;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** A browser without script: keeps cookies for each host, and sends what browsers send. */
final class Browser {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();

  private final int port;
  private final String host;
  private final Map<String, String> cookies = new LinkedHashMap<>();

  Browser(int port, String host) {
    this.port = port;
    this.host = host + ":" + port;
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer get(String path, String... headers) {
    return send(request(path).GET().headers(headers));
  }

  /** Sends a form as a browser does from a page of ours. */
  Answer post(String path, Map<String, String> fields) {
    return post(path, fields, "Origin", "null", "Sec-Fetch-Site", "same-origin");
  }

  Answer post(String path, Map<String, String> fields, String... headers) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  /** Opens a page, fills in its first form that is sent to {@code action}, and sends it. */
  Answer fill(String page, String action, Map<String, String> fields) {
    return post(action, filled(page, action, fields));
  }

  Map<String, String> filled(String page, String action, Map<String, String> fields) {
    Document document = get(page).page();
    var form = document.selectFirst("form[action=\"" + action + "\"]");
    if (form == null) {
      throw new AssertionError("no form to " + action + " on " + page + ":\n" + document);
    }
    Map<String, String> all = new LinkedHashMap<>();
    form.select("input[type=hidden]").forEach(i -> all.put(i.attr("name"), i.val()));
    all.putAll(fields);
    return all;
  }

  Map<String, String> cookies() {
    return cookies;
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).header("Host", host);
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
              .collect(Collectors.joining("; ")));
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
      for (String field : response.headers().allValues("Set-Cookie")) {
        String pair = field.substring(0, field.indexOf(';'));
        String name = pair.substring(0, pair.indexOf('='));
        if (field.contains("Max-Age=0")) {
          cookies.remove(name);
        } else {
          cookies.put(name, pair.substring(pair.indexOf('=') + 1));
        }
      }
      return new Answer(response);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encoded(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    String body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    List<String> cookies() {
      return response.headers().allValues("Set-Cookie");
    }

    Document page() {
      return Jsoup.parse(response.body());
    }
  }
}
