/**
 * The pod store on a SQL database: SQLite, H2 or PostgreSQL behind one set of tables.
 *
 * <p>Main type: {@link tripod.podstore.sql.SqlPodStore}. Its rule: callers prepare a change on
 * their own thread under their pod's lock; one committer lane puts whatever waits into one
 * transaction and one sync; nobody is answered before that. What an engine does differently is in
 * its {@code Dialect} and nowhere else.
 */
@NullMarked
package tripod.podstore.sql;

import org.jspecify.annotations.NullMarked;
