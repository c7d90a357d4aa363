/**
 * Writing posts and seeing what became of them at each door.
 *
 * <p>Main types: {@link tripod.console.post.Home} and {@link tripod.console.post.ThreeForms}. Its
 * rule: before something is lost in one form, the writer is told.
 */
@NullMarked
package tripod.console.post;

import org.jspecify.annotations.NullMarked;
