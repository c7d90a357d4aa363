package tripod.console.look;

import java.util.Optional;

/**
 * Something that went wrong, in words for the person before the screen.
 *
 * @param status HTTP status
 * @param what what happened, as a heading
 * @param why why, in a sentence or two
 * @param next address of what to do now
 * @param nextLabel words on that link
 * @param id under which the log has more; only for faults of ours
 */
public record Problem(
    int status, String what, String why, String next, String nextLabel, Optional<String> id) {

  /** Says what went wrong, with a way back to the start. */
  public static Problem of(int status, String what, String why) {
    return new Problem(status, what, why, "/console", "Back to your posts", Optional.empty());
  }

  /** Returns the same with another way on. */
  public Problem withNext(String address, String label) {
    return new Problem(status, what, why, address, label, id);
  }

  /** Puts a status and a reason of the doorway into words. */
  public static Problem ofStatus(int status, String reason) {
    return of(
        status,
        switch (status) {
          case 400 -> "This request could not be read";
          case 401 -> "You need to sign in for this";
          case 403 -> "You may not do this";
          case 404 -> "There is nothing here";
          case 405 -> "This page cannot do that";
          case 410 -> "This is gone";
          case 413 -> "That is too large";
          case 421 -> "Nobody lives at this address";
          case 429 -> "That was too much at once";
          case 503 -> "Not now";
          default -> status >= 500 ? "Something broke on our side" : "That did not work";
        },
        sentence(reason));
  }

  /** Makes a sentence of a reason. */
  public static String sentence(String reason) {
    if (reason.isEmpty()) {
      return "";
    }
    String text = Character.toUpperCase(reason.charAt(0)) + reason.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }
}
