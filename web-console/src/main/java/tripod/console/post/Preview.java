package tripod.console.post;

import java.util.List;
import tripod.podstore.social.Audience;

/**
 * What will become of a text at each door, before it is sent. Pure.
 *
 * @param doors one each
 */
record Preview(List<Effect> doors) {

  static Preview of(String text, Audience audience) {
    TextLength length = TextLength.of(text);
    return new Preview(
        List.of(record(length, audience), note(length, audience), document(audience)));
  }

  private static Effect record(TextLength length, Audience audience) {
    String counter = length.graphemes() + " / " + TextLength.RECORD_GRAPHEMES_MAX;
    if (audience != Audience.PUBLIC) {
      return new Effect(
          "at",
          "ATProto",
          Level.NONE,
          "",
          "No record. Everything in a repository can be found by everybody, so this stays out.");
    }
    if (length.graphemes() > TextLength.RECORD_GRAPHEMES_MAX) {
      return new Effect(
          "at",
          "ATProto",
          Level.LOSS,
          counter,
          "Too long for a record: it will be cut at "
              + TextLength.RECORD_GRAPHEMES_MAX
              + " characters, with a link to the whole post on your page.");
    }
    if (!length.fitsRecord()) {
      return new Effect(
          "at",
          "ATProto",
          Level.LOSS,
          length.bytes() + " / " + TextLength.RECORD_BYTES_MAX + " bytes",
          "Too many bytes for a record: it will be cut, with a link to the whole post.");
    }
    return new Effect("at", "ATProto", Level.WHOLE, counter, "A record in your repository.");
  }

  private static Effect note(TextLength length, Audience audience) {
    String words =
        switch (audience) {
          case PUBLIC -> "A note to everybody, delivered to your followers.";
          case UNLISTED -> "A note that everybody may read and no public timeline shows.";
          case FOLLOWERS -> "A note to your followers and nobody else.";
          case DIRECT -> "A note to the people it names.";
          case OWNER -> "Nothing is sent.";
        };
    boolean sent = audience != Audience.OWNER;
    boolean isLong = length.graphemes() > TextLength.FEDIVERSE_USUAL_MAX;
    return new Effect(
        "ap",
        "ActivityPub",
        sent ? Level.WHOLE : Level.NONE,
        sent ? length.graphemes() + " / " + TextLength.FEDIVERSE_USUAL_MAX : "",
        isLong && sent ? words + " Longer than usual: apps will fold it." : words);
  }

  private static Effect document(Audience audience) {
    return new Effect(
        "solid",
        "Solid",
        Level.WHOLE,
        "",
        audience.isOpen()
            ? "A document in your pod that everybody may read."
            : "A document in your pod that only you may read.");
  }

  /** How much of the text a door will show. */
  enum Level {
    /** All of it. */
    WHOLE,
    /** A part. */
    LOSS,
    /** Nothing. */
    NONE
  }

  /**
   * What becomes of it at one door.
   *
   * @param mark class that colours the door
   * @param title the door
   * @param level how much of it
   * @param counter length and limit; empty where none counts
   * @param words in a sentence
   */
  record Effect(String mark, String title, Level level, String counter, String words) {
    boolean isWhole() {
      return level == Level.WHOLE;
    }

    String levelWord() {
      return switch (level) {
        case WHOLE -> "all of it";
        case LOSS -> "cut";
        case NONE -> "stays out";
      };
    }
  }
}
