package tripod.console.post;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tripod.podstore.social.Audience;

/**
 * What somebody typed into the compose or edit form.
 *
 * @param text with plain line ends
 * @param audience as the form calls it
 * @param language tag; empty for none
 * @param wantsPreview whether they asked for the preview and not for the deed
 */
record PostInput(String text, String audience, String language, boolean wantsPreview) {
  /** Longest post that the form takes, in bytes of UTF-8. */
  static final int TEXT_BYTES_MAX = 50_000;

  static PostInput of(Context request) {
    return new PostInput(
        field(request, "text").replace("\r\n", "\n").replace('\r', '\n').strip(),
        field(request, "audience"),
        field(request, "language"),
        field(request, "action").equals("preview"));
  }

  Audience chosen() {
    return AudienceChoice.read(audience).orElse(Audience.OWNER);
  }

  /** Says what keeps it from being posted. */
  Optional<String> fault() {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    if (text.isBlank()) {
      return Optional.of("There is nothing to post yet.");
    }
    if (bytes > TEXT_BYTES_MAX) {
      return Optional.of(
          "This is too long: " + bytes + " bytes, and at most " + TEXT_BYTES_MAX + " fit.");
    }
    if (AudienceChoice.read(audience).isEmpty()) {
      return Optional.of("Choose who may see it.");
    }
    if (!language.isEmpty() && LanguageChoice.read(language).isEmpty()) {
      return Optional.of("This language is not known.");
    }
    return Optional.empty();
  }

  private static String field(Context request, String name) {
    String value = request.formParam(name);
    return value == null ? "" : value;
  }
}
