package tripod.podstore.social;

/**
 * What a post answers.
 *
 * @param root the first post of the thread; the parent where it is not known
 * @param parent the post it answers
 */
public record Reply(Ref root, Ref parent) {}
