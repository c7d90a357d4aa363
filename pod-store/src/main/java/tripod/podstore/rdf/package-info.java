/**
 * Graphs and the bytes they are written in.
 *
 * <p>Main type: {@link tripod.podstore.rdf.Graphs}. Its rule: nothing is parsed before its depth is
 * counted (SEC-30), nothing is fetched (SEC-32), and every limit is an ordinary refusal.
 */
@NullMarked
package tripod.podstore.rdf;

import org.jspecify.annotations.NullMarked;
