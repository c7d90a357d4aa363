package tripod.podstore.social;

import tripod.syntax.AtUri;

/** One way to be allowed to answer a post (GAT-1). */
public sealed interface ReplyRule {
  /** Whom the post names. */
  record Mentioned() implements ReplyRule {}

  /** Who follows its author. */
  record Followers() implements ReplyRule {}

  /** Whom its author follows. */
  record Followed() implements ReplyRule {}

  /** Who is on a list. */
  record Listed(AtUri list) implements ReplyRule {}
}
