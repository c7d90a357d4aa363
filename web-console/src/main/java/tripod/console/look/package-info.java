/**
 * What all pages share: the frame, the headers that guard it, its style sheet, and errors in plain
 * words.
 *
 * <p>Main type: {@link tripod.console.look.Pages}. Its rule: no inline script or style, and nothing
 * a person typed reaches a page unescaped but through {@link tripod.console.look.SafeHtml}.
 */
@NullMarked
package tripod.console.look;

import org.jspecify.annotations.NullMarked;
