package tripod.server.wiring;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tripod.atproto.AtprotoSettings;
import tripod.syntax.Did;

/**
 * The services of the ATProto network a host asks for its members. In the file they are tables of
 * {@code url} and {@code did} below {@code atproto}; each may be missing.
 *
 * @param appView the AppView
 * @param moderation the moderation service
 * @param reports where reports go
 * @param pictures how addresses of pictures are made
 * @param stream how the stream is kept, and who is asked to listen to it
 */
record NetworkServices(
    Optional<AtprotoSettings.Service> appView,
    Optional<AtprotoSettings.Service> moderation,
    Optional<AtprotoSettings.Service> reports,
    Optional<String> pictures,
    AtprotoSettings.Stream stream) {
  private static final String PLACE = "%s";
  private static final int PLACES = 3;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException in plain words, when one cannot be used
   */
  static NetworkServices of(Settings settings) {
    return new NetworkServices(
        service(settings, "atproto.appview"),
        service(settings, "atproto.moderation"),
        service(settings, "atproto.reports"),
        settings.text("atproto.pictures").map(NetworkServices::pattern),
        new AtprotoSettings.Stream(
            hours(settings),
            settings.list("atproto.crawlers").stream().map(NetworkServices::relay).toList()));
  }

  private static Duration hours(Settings settings) {
    String text =
        settings.text(
            "atproto.backfill-hours",
            String.valueOf(AtprotoSettings.Stream.QUIET.window().toHours()));
    try {
      return Duration.ofHours(Math.max(1, Integer.parseInt(text)));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          "atproto.backfill-hours must be a whole number, not " + text, malformed);
    }
  }

  /** A relay is named by its host; an address says the scheme as well. */
  private static URI relay(String text) {
    URI origin = URI.create(text.contains("://") ? text : "https://" + text);
    boolean hasPath =
        origin.getRawPath() != null && !origin.getRawPath().replace("/", "").isEmpty();
    if (origin.getHost() == null || hasPath) {
      throw new IllegalArgumentException("atproto.crawlers has no host name: " + text);
    }
    return URI.create(origin.getScheme() + "://" + origin.getRawAuthority());
  }

  private static Optional<AtprotoSettings.Service> service(Settings settings, String key) {
    Optional<String> url = settings.text(key + ".url");
    Optional<String> did = settings.text(key + ".did");
    if (url.isPresent() != did.isPresent()) {
      throw new IllegalArgumentException(key + " needs both url and did");
    }
    if (url.isEmpty()) {
      return Optional.empty();
    }
    if (!Did.isValid(did.get())) {
      throw new IllegalArgumentException(key + ".did is no DID: " + did.get());
    }
    try {
      return Optional.of(new AtprotoSettings.Service(new Did(did.get()), URI.create(url.get())));
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(key + ".url: " + malformed.getMessage(), malformed);
    }
  }

  private static String pattern(String text) {
    if (text.split(PLACE, -1).length - 1 != PLACES) {
      throw new IllegalArgumentException(
          "atproto.pictures needs %s three times, for size, DID and CID: " + text);
    }
    return text;
  }

  /** Returns the origins of all. */
  List<URI> origins() {
    return Stream.concat(
            Stream.of(appView, moderation, reports)
                .flatMap(Optional::stream)
                .map(AtprotoSettings.Service::origin),
            stream.relays().stream())
        .distinct()
        .toList();
  }

  AtprotoSettings settings(String version) {
    return new AtprotoSettings(version, appView, moderation, reports, pictures, stream);
  }
}
