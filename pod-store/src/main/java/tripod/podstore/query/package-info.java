/**
 * Questions in SPARQL over one pod.
 *
 * <p>Main type: {@link tripod.podstore.query.PodQuery}. Its rule: the dataset that is asked holds
 * only graphs its reader may read, so access holds by construction; nothing is fetched, nothing is
 * changed, and every question has an end.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-query/">SPARQL 1.1 Query Language</a>
 */
@NullMarked
package tripod.podstore.query;

import org.jspecify.annotations.NullMarked;
