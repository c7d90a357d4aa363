package tripod.console;

import tripod.console.page.SolidHandover;
import tripod.console.post.PostForms;
import tripod.console.post.PostWriter;

/**
 * What the console needs of the doors it does not know.
 *
 * @param forms what a post looks like at each of them
 * @param writer writes posts
 * @param solid takes what no page answers
 */
public record Doors(PostForms forms, PostWriter writer, SolidHandover solid) {}
