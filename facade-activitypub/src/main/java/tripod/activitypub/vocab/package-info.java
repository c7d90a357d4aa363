/**
 * The vocabulary of ActivityStreams: objects as JSON, in the words of the pivot, and back.
 *
 * <p>Main types: {@link tripod.activitypub.vocab.As2Codec}, the stored form of what ActivityPub
 * clients write, and {@code As2View}, the JSON that any resource of a pod shows. Its rule: a stored
 * object keeps every member that it came with.
 *
 * @see <a href="https://www.w3.org/TR/activitystreams-core/">ActivityStreams 2.0</a>
 */
@NullMarked
package tripod.activitypub.vocab;

import org.jspecify.annotations.NullMarked;
