package tripod.identity.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An answer on its way to a client, through the person's browser.
 *
 * @param redirect where it goes
 * @param mode how
 * @param params what it says, in order
 */
public record Answered(String redirect, Mode mode, Map<String, String> params) {
  /** Where an app that cannot be redirected to has its code shown. */
  static final String OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

  public Answered {
    params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
  }

  /** How an answer travels. */
  public enum Mode {
    /** The browser is sent on to {@link Answered#location()}. */
    REDIRECT,
    /** A form is posted to {@link Answered#redirect()}. */
    FORM,
    /** The code is shown, for the person to copy. */
    SHOWN
  }

  static Answered code(AuthorizationRequest request, String code, String issuer) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("code", code);
    return of(request, params, issuer);
  }

  static Answered error(
      AuthorizationRequest request, String error, String description, String issuer) {
    Map<String, String> params = new LinkedHashMap<>();
    params.put("error", error);
    params.put("error_description", description);
    return of(request, params, issuer);
  }

  private static Answered of(
      AuthorizationRequest request, Map<String, String> params, String issuer) {
    request.state().ifPresent(state -> params.put("state", state));
    // RFC 9207: the client sees who answers.
    params.put("iss", issuer);
    return switch (request.mode()) {
      case QUERY -> new Answered(request.redirect(), queryMode(request), params);
      case FRAGMENT -> {
        Map<String, String> marked = new LinkedHashMap<>(params);
        yield new Answered(request.redirect() + "#", queryMode(request), marked);
      }
      case FORM_POST -> new Answered(request.redirect(), Mode.FORM, params);
    };
  }

  private static Mode queryMode(AuthorizationRequest request) {
    return request.redirect().equals(OUT_OF_BAND) ? Mode.SHOWN : Mode.REDIRECT;
  }

  /** Returns the address that holds the whole answer. */
  public String location() {
    String joined =
        params.entrySet().stream()
            .map(one -> one.getKey() + "=" + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    if (redirect.endsWith("#")) {
      return redirect + joined;
    }
    return redirect + (redirect.indexOf('?') < 0 ? "?" : "&") + joined;
  }

  /** Returns what the page that leads there must let forms be sent to; empty when nothing. */
  public Optional<String> formTarget() {
    return formTarget(
        redirect.endsWith("#") ? redirect.substring(0, redirect.length() - 1) : redirect);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Returns what the page that leads there must let forms be sent to; empty when nothing. */
  static Optional<String> formTarget(String redirect) {
    return RedirectUris.parse(redirect)
        .filter(uri -> !redirect.equals(OUT_OF_BAND))
        .map(
            (URI uri) ->
                uri.getScheme().startsWith("http")
                    ? uri.getScheme() + "://" + uri.getRawAuthority()
                    : uri.getScheme() + ":");
  }
}
