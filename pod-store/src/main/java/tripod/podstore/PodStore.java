package tripod.podstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tripod.syntax.PodId;

/**
 * All pods of one server.
 *
 * <p>Safe between threads. A write runs alone on its pod; its caller's thread prepares it under the
 * pod's lock, and gets its answer when the change is durable on disk. The next write of the same
 * pod may begin before that, on the pending state. Rules of a write: no network, no waiting for
 * another pod, no write inside a write; nothing taken from a {@link PodReader} or {@link PodWriter}
 * outlives the lambda.
 */
public interface PodStore extends AutoCloseable {
  /** The pod of the server itself: queues, remote caches and the server actor's resources. */
  PodId HOST = new PodId(1);

  /**
   * Runs {@code work} against one unmoving snapshot of the pod's durable state.
   *
   * @return what {@code work} returns
   * @throws PodFailure.NotFound if there is no such pod
   * @throws PodFailure.Unavailable if the database does not answer
   */
  <T> T read(PodId pod, Function<PodReader, T> work);

  /**
   * Runs {@code work} alone on the pod and commits when it returns; anything thrown rolls back.
   *
   * <p>A write that changed nothing makes no commit. Projections run before the commit, in the
   * order they were registered, and may refuse it. Returns when the commit is durable.
   *
   * @return what {@code work} returned
   * @throws PodFailure.NotFound if there is no such pod
   * @throws PodFailure.Unavailable if the pod was busy for 30 seconds, or the commit failed
   * @throws PodFailure if the store or a projection refuses
   * @throws IllegalStateException for a write inside a write of the same pod
   */
  <T> T write(PodId pod, Function<PodWriter, T> work);

  /**
   * Makes an empty pod and runs {@code work} as its first write, in one transaction.
   *
   * @param also rows of other rooms that come and go with the pod
   * @throws PodFailure.Conflict if the pod is already there, or {@code also} meets a row that is
   */
  <T> T create(PodId pod, JdbcWork also, Function<PodWriter, T> work);

  /**
   * Removes the pod with all it holds; its journal numbers are not used again.
   *
   * @param also rows of other rooms that go with the pod
   * @throws PodFailure.NotFound if there is no such pod
   */
  default void drop(PodId pod, JdbcWork also) {
    drop(
        pod,
        also,
        writer -> {
          // nobody is to be told
        });
  }

  /**
   * Removes the pod with all it holds and says a last word, in one transaction.
   *
   * @param also rows of other rooms that go with the pod
   * @param last the pod's last write, of which only what it puts into streams is kept
   * @throws PodFailure.NotFound if there is no such pod
   */
  void drop(PodId pod, JdbcWork also, Consumer<PodWriter> last);

  /** Returns a number that no pod has had before. */
  PodId nextPodId();

  /** Returns the journal of the whole server. */
  Journal journal();

  /**
   * Returns an empty spool on the store's disk.
   *
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   */
  Spool spool();

  /** Returns the blobs of all pods. */
  Blobs blobs();

  /**
   * Returns what a pod takes up.
   *
   * @throws PodFailure.NotFound if there is no such pod
   */
  Usage usage(PodId pod);

  /**
   * Sets how much a pod may take up; empty makes it as much as the host says for all.
   *
   * <p>A pod that is past its new quota keeps all it has and cannot grow.
   *
   * @param bytes of documents and blobs together
   * @throws PodFailure.NotFound if there is no such pod
   */
  void quota(PodId pod, OptionalLong bytes);

  /**
   * Makes everything anew that is derived from a pod's resources, as counts, references and what
   * projections keep, and compares it with what is stored. Takes as long as reading all of the pod.
   *
   * @return a sentence for each difference; empty when there is none
   * @throws PodFailure.NotFound if there is no such pod
   */
  List<String> faults(PodId pod);

  /**
   * Runs a statement of another room of the house against the same database, outside of any pod.
   *
   * <p>Reading sees committed rows; changing goes through the same committer as pods' writes and is
   * durable on return.
   */
  Sql sql();

  /**
   * Returns pods in the order of their ids, the server's own among them.
   *
   * @param after the pod to begin behind, exclusive; empty for the first
   * @param limit how many at the most
   */
  List<PodId> pods(Optional<PodId> after, int limit);

  /** Stops the workers, waits for what was accepted, and closes the database. */
  @Override
  void close();

  /** Work of another room inside the transaction of a commit. */
  @FunctionalInterface
  interface JdbcWork {
    /** Does nothing. */
    JdbcWork NONE = connection -> {};

    /**
     * Runs on the transaction's connection; must not commit, roll back or close it.
     *
     * @throws SQLException to undo the commit
     */
    void run(Connection connection) throws SQLException;
  }

  /** A query of another room. */
  @FunctionalInterface
  interface JdbcQuery<T extends @Nullable Object> {
    /**
     * Runs on a connection that may not see uncommitted rows; must not close it.
     *
     * @throws SQLException what the database says, of which the store makes a failure
     */
    T run(Connection connection) throws SQLException;
  }

  /** The database as other rooms see it. */
  interface Sql {
    /**
     * Runs a read.
     *
     * @throws PodFailure.Unavailable if the database does not answer
     */
    <T extends @Nullable Object> T query(JdbcQuery<T> query);

    /**
     * Runs a change and returns its result when it is durable; anything thrown rolls it back.
     *
     * @throws PodFailure.Conflict if it meets a row that is already there
     * @throws PodFailure.Full if the disk of the database is full
     * @throws PodFailure.Unavailable if the database does not answer
     */
    <T extends @Nullable Object> T change(JdbcQuery<T> change);

    /**
     * Brings the tables of a room up to date from migration scripts (Flyway).
     *
     * @param room whose tables; each room has a history of its own
     * @param location a folder on the class path
     */
    void migrate(String room, String location);
  }
}
