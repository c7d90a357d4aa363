package tripod.solid.representation;

import java.util.ArrayList;
import java.util.List;

/**
 * A strong validator of one representation: the state it shows, and which form of that state it is.
 *
 * <p>Written {@code "state-form"}. Caches compare the whole; a precondition of a write compares the
 * state alone, so that a tag taken from the JSON-LD form guards a write of Turtle.
 *
 * @param state what changes with every write
 * @param form tells representations of one state apart
 */
public record EntityTag(String state, String form) {
  /** Returns the text for the {@code ETag} field. */
  @Override
  public String toString() {
    return '"' + state + '-' + form + '"';
  }

  /** Says whether a list of tags from {@code If-None-Match} holds this representation, weakly. */
  public boolean isIn(String field) {
    return field.strip().equals("*") || tags(field).contains(state + '-' + form);
  }

  /** Says whether a list of tags from {@code If-Match} holds some form of this state, strongly. */
  public boolean stateIsIn(String field) {
    if (field.strip().equals("*")) {
      return true;
    }
    for (String tag : strong(field)) {
      int dash = tag.indexOf('-');
      if ((dash < 0 ? tag : tag.substring(0, dash)).equals(state)) {
        return true;
      }
    }
    return false;
  }

  private static List<String> strong(String field) {
    return split(field, false);
  }

  private static List<String> tags(String field) {
    return split(field, true);
  }

  private static List<String> split(String field, boolean weakToo) {
    List<String> tags = new ArrayList<>();
    int i = 0;
    while (i < field.length()) {
      int open = field.indexOf('"', i);
      int close = open < 0 ? -1 : field.indexOf('"', open + 1);
      if (close < 0) {
        break;
      }
      boolean weak = open >= 2 && field.startsWith("W/", open - 2);
      if (weakToo || !weak) {
        tags.add(field.substring(open + 1, close));
      }
      i = close + 1;
    }
    return tags;
  }
}
