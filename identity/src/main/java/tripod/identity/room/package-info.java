/**
 * The room as a whole, put together.
 *
 * <p>Main type: {@link tripod.identity.room.IdentityRoom}. Its rule: it has {@code new} and nothing
 * else; no package of this room imports it.
 */
@NullMarked
package tripod.identity.room;

import org.jspecify.annotations.NullMarked;
