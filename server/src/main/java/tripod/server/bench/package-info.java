/**
 * The project's own rigs: what {@code tripod bench} measures and breaks on purpose.
 *
 * <p>Main types: {@link tripod.server.bench.LabMember}, a person who writes at all three doors over
 * HTTP, and one {@code …Rig} for each question; a rig starts servers of its own and returns {@link
 * tripod.server.bench.Figures}. Its rule: load goes to loopback, bounded in time and count.
 */
@NullMarked
package tripod.server.bench;

import org.jspecify.annotations.NullMarked;
