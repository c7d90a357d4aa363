package tripod.console.look;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.console.look.Frame.AssetPaths;

/**
 * Puts what a handler decided into a page and sends it.
 *
 * <p>Safe between threads.
 */
public final class Pages {
  private static final String PACKAGE = "tripod.console";

  private final TemplateEngine templates;
  private final Headers headers;
  private final AssetPaths own;
  private final AssetPaths absolute;

  /**
   * Prepares the templates, which were compiled when the house was built.
   *
   * @param origin the service's own origin
   * @param podHosts host sources of members' media
   * @param assets style sheet and scripts
   */
  public Pages(URI origin, List<String> podHosts, Assets assets) {
    this.templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), PACKAGE);
    this.headers = new Headers(origin, podHosts);
    this.own =
        new AssetPaths(
            assets.path("console.css"),
            assets.path("console.js"),
            assets.path("htmx.js"),
            assets.path("mark.svg"));
    this.absolute =
        new AssetPaths(
            origin + assets.path("console.css"), "", "", origin + assets.path("mark.svg"));
  }

  /** Returns where a page on the service host finds its files. */
  public AssetPaths ownAssets() {
    return own;
  }

  /** Returns where a page on any other host finds its files. */
  public AssetPaths absoluteAssets() {
    return absolute;
  }

  /**
   * Sends a page of the console.
   *
   * @param model what the template shows, under its parameter {@code page}
   */
  public void send(Context request, int status, String template, Frame frame, Object model) {
    headers.onService(request);
    request.status(status).result(render(template, Map.of("frame", frame, "page", model)));
  }

  /**
   * Sends a page of the console whose forms may lead to one other place.
   *
   * @param formTarget that place, as a source expression of CSP (SEC-54)
   */
  public void sendLeading(
      Context request,
      int status,
      String template,
      Frame frame,
      Object model,
      Optional<String> formTarget) {
    headers.onService(request, formTarget);
    request.status(status).result(render(template, Map.of("frame", frame, "page", model)));
  }

  /** Sends a part of a page of the console, which the script puts into the page that is there. */
  public void sendPart(Context request, String template, Object model) {
    headers.onService(request);
    request.status(200).result(render(template, Map.of("page", model)));
  }

  /** Sends a page on a pod's host. */
  public void sendPublic(Context request, String template, Object model) {
    headers.onPod(request);
    request.status(200).result(render(template, Map.of("assets", absolute, "page", model)));
  }

  /**
   * Sends the page that says what went wrong.
   *
   * @param frame the frame of somebody known; empty for a page that fits every host
   */
  public void sendProblem(Context request, Optional<Frame> frame, Problem problem) {
    if (frame.isPresent()) {
      headers.onService(request);
    } else {
      headers.onPod(request);
    }
    Map<String, Object> model = new HashMap<>();
    model.put(
        "frame",
        frame.orElseGet(
            () -> new Frame(problem.what(), Frame.Place.ALONE, Optional.empty(), "", absolute)));
    model.put("page", problem);
    request.status(problem.status()).result(render("look/problem.jte", model));
  }

  /** Sends the browser on, to be asked for by GET whatever was sent here. */
  public void sendOn(Context request, String path) {
    headers.onService(request);
    request.status(303).header("Location", path).result("");
  }

  private String render(String template, Map<String, Object> params) {
    StringOutput output = new StringOutput();
    templates.render(template, params, output);
    return output.toString();
  }
}
