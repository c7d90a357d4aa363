package tripod.console.look;

import java.util.Optional;

/**
 * What the frame around a page shows.
 *
 * @param title of the page, which the name of the house follows
 * @param at which entry of the menu the page belongs to
 * @param me who is signed in
 * @param token form token of this browser, for the sign-out button; empty when nobody is signed in
 * @param assets where style sheet and scripts are
 */
public record Frame(String title, Place at, Optional<Me> me, String token, AssetPaths assets) {

  /** An entry of the menu. */
  public enum Place {
    /** Own posts. */
    POSTS,
    /** Own addresses. */
    ADDRESSES,
    /** All members, for the host. */
    MEMBERS,
    /** Apps and signed-in browsers. */
    APPS,
    /** No menu at all: a page that belongs to what another program asked for. */
    ALONE,
    /** None of them. */
    NONE
  }

  /**
   * Somebody signed in.
   *
   * @param handle their handle
   * @param page address of their public page
   * @param isHost whether they run the server
   */
  public record Me(String handle, String page, boolean isHost) {}

  /** Addresses of the files that a page needs. */
  public record AssetPaths(String style, String script, String htmx, String mark) {}

  /** Says whether the menu marks a place. */
  public boolean isAt(Place place) {
    return at == place;
  }
}
