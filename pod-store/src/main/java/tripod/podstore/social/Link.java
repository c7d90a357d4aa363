package tripod.podstore.social;

/**
 * One thing that a resource does to another: answers it, likes it, follows its author.
 *
 * @param predicate what it does
 * @param object the other, by one of its names: an at-uri, a DID or an IRI, in its usual spelling
 */
public record Link(Predicate predicate, String object) {
  /** What a resource does to another. */
  public enum Predicate {
    /** Answers a post. */
    REPLY,
    /** Likes a resource. */
    LIKE,
    /** Reposts a resource. */
    REPOST,
    /** Follows a person. */
    FOLLOW,
    /** Blocks a person. */
    BLOCK,
    /** Quotes a post. */
    QUOTE,
    /** Names a person. */
    MENTION,
    /** Answers an event. */
    ATTEND,
    /** Puts somebody on a list. */
    LIST,
    /** Says who may answer a post. */
    GATE
  }
}
