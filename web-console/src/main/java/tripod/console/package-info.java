/** The pages a person sees. */
@NullMarked
package tripod.console;

import org.jspecify.annotations.NullMarked;
