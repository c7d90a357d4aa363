/**
 * The project's own rigs: what {@code tripod bench} measures and breaks on purpose.
 *
 * <p>Main type: {@link tripod.server.bench.LabMember}, a person who writes at all three doors over
 * HTTP. Its rule: load goes to loopback, bounded in time and count.
 */
@NullMarked
package tripod.server.bench;

import org.jspecify.annotations.NullMarked;
