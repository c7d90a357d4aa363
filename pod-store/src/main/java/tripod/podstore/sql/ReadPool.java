package tripod.podstore.sql;

import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tripod.podstore.PodFailure;

/** The connections that read; opened when needed, kept until the store closes. */
final class ReadPool implements AutoCloseable {
  /** Most connections open at once. */
  static final int SESSIONS_MAX = 32;

  /** How long a caller waits for one, in seconds. */
  static final int WAIT_MAX_S = 10;

  private final Dialect dialect;
  private final Semaphore permits = new Semaphore(SESSIONS_MAX);
  private final ConcurrentLinkedDeque<Session> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReadPool(Dialect dialect) {
    this.dialect = dialect;
  }

  Session take() {
    try {
      if (!permits.tryAcquire(WAIT_MAX_S, TimeUnit.SECONDS)) {
        throw new PodFailure.Unavailable(
            "all " + SESSIONS_MAX + " readers were busy for " + WAIT_MAX_S + " s",
            new IllegalStateException("read pool exhausted"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PodFailure.Unavailable("interrupted while waiting for a reader", e);
    }
    boolean taken = false;
    try {
      if (closed) {
        throw Failures.closed();
      }
      Session session = idle.pollFirst();
      if (session == null) {
        session = new Session(dialect.openReader());
      }
      taken = true;
      return session;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    } finally {
      if (!taken) {
        permits.release();
      }
    }
  }

  /** Takes a session back; one that failed is closed instead of used again. */
  void giveBack(Session session, boolean healthy) {
    try {
      if (healthy && !closed) {
        idle.addFirst(session);
      } else {
        session.close();
      }
    } catch (SQLException e) {
      // It was to be thrown away; there is nothing to save.
      Failures.LOG.debug("closing a reader", e);
    } finally {
      permits.release();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      try {
        session.close();
      } catch (SQLException e) {
        Failures.LOG.debug("closing a reader", e);
      }
    }
  }
}
