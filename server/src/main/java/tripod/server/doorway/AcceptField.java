package tripod.server.doorway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.route.Route;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/**
 * Which of several routes on one path a request wants, by its {@code Accept} field.
 *
 * <p>Only types named in full choose between doors; {@code *}{@code /*} leaves the choice to the
 * door without declared types. {@code application/ld+json} with the ActivityStreams profile counts
 * as {@code application/activity+json} (mapping note NAM-3).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-accept">RFC 9110, 12.5.1</a>
 */
final class AcceptField {
  private static final String ACTIVITY_STREAMS = "https://www.w3.org/ns/activitystreams";
  private static final List<String> DOCUMENT_TYPES =
      List.of(
          "text/turtle",
          "application/ld+json",
          "application/n-triples",
          "application/trig",
          "text/n3",
          "application/json",
          "application/n-quads",
          "application/rdf+xml");

  private AcceptField() {}

  /**
   * Chooses the route whose type is wanted most.
   *
   * @param hasFallback whether a door without declared types would take the request; its types are
   *     those of RDF documents
   * @return empty when the fallback is to take it, or nobody can
   */
  static Optional<Route> choose(List<Route> routes, Optional<String> accept, boolean hasFallback) {
    Optional<Route> open = routes.stream().filter(r -> r.accepts().isEmpty()).findFirst();
    if (routes.size() == 1 && open.isPresent()) {
      return open;
    }
    double best = 0;
    Route chosen = null;
    for (Wanted wanted : parse(accept.orElse("*/*"))) {
      if (wanted.quality() <= best) {
        continue;
      }
      Optional<Route> match =
          routes.stream().filter(r -> r.accepts().contains(wanted.type())).findFirst();
      if (match.isPresent()) {
        best = wanted.quality();
        chosen = match.get();
      } else if ((open.isPresent() && wanted.type().equals("application/activity+json"))
          || ((open.isPresent() || hasFallback) && DOCUMENT_TYPES.contains(wanted.type()))) {
        best = wanted.quality();
        chosen = open.orElse(null);
      }
    }
    return chosen != null || best > 0 ? Optional.ofNullable(chosen) : open;
  }

  private static List<Wanted> parse(String accept) {
    List<Wanted> all = new ArrayList<>();
    for (String part : split(accept)) {
      try {
        MediaType type = MediaType.parse(part.strip());
        double quality = type.parameter("q").map(AcceptField::quality).orElse(1.0);
        boolean activity =
            type.is("application/ld+json")
                && type.parameter("profile").filter(p -> p.contains(ACTIVITY_STREAMS)).isPresent();
        all.add(new Wanted(activity ? "application/activity+json" : type.essence(), quality));
      } catch (SyntaxException malformed) {
        // a part nobody can read is a part nobody offers
      }
    }
    return all;
  }

  private static List<String> split(String accept) {
    List<String> parts = new ArrayList<>();
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < accept.length(); i++) {
      char c = accept.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        parts.add(accept.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(accept.substring(start));
    return parts;
  }

  private static double quality(String text) {
    try {
      return Math.clamp(Double.parseDouble(text), 0, 1);
    } catch (NumberFormatException malformed) {
      return 0;
    }
  }

  private record Wanted(String type, double quality) {}
}
