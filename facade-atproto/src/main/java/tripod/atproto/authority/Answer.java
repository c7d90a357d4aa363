package tripod.atproto.authority;

/** What became of a question for a lexicon. */
public sealed interface Answer {
  /** Here it is. */
  record Found(Published lexicon) implements Answer {}

  /**
   * Its authority has none, or nobody can be its authority.
   *
   * @param reason for people
   */
  record None(String reason) implements Answer {}

  /**
   * Nothing can be said now.
   *
   * @param reason for people
   */
  record NotNow(String reason) implements Answer {}
}
