package tripod.console.post;

import java.util.List;
import java.util.Optional;
import tripod.podstore.social.Audience;

/**
 * An audience as the compose form offers it.
 *
 * @param audience the audience
 * @param value in the form
 * @param label in a word or two
 * @param hint what it means, in a line
 */
record AudienceChoice(Audience audience, String value, String label, String hint) {
  static final List<AudienceChoice> ALL =
      List.of(
          new AudienceChoice(Audience.PUBLIC, "public", "Public", "Everybody, in every network"),
          new AudienceChoice(
              Audience.UNLISTED,
              "unlisted",
              "Unlisted",
              "Everybody with the address; no lists, no ATProto"),
          new AudienceChoice(
              Audience.FOLLOWERS, "followers", "Followers", "Your followers in the fediverse"),
          new AudienceChoice(Audience.OWNER, "me", "Only me", "Nobody else; you can read it here"));

  static Optional<Audience> read(String value) {
    return ALL.stream()
        .filter(choice -> choice.value.equals(value))
        .map(AudienceChoice::audience)
        .findFirst();
  }

  static String label(Audience audience) {
    return switch (audience) {
      case PUBLIC -> "Public";
      case UNLISTED -> "Unlisted";
      case FOLLOWERS -> "Followers";
      case DIRECT -> "Direct";
      case OWNER -> "Only me";
    };
  }
}
