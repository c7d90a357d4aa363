/** LDP, access control, patches, notifications. */
@NullMarked
package tripod.solid;

import org.jspecify.annotations.NullMarked;
