package tripod.podstore.sql;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;

/**
 * The one lane in which everything is written: takes whatever waits into one transaction and one
 * sync, then answers.
 *
 * <p>When a group fails its members are tried one by one. A pod's write that fails makes the pod's
 * later writes void that were prepared on top of it.
 */
final class Committer implements AutoCloseable {
  private final Dialect dialect;
  private final Session session;
  private final RowWriter rows;
  private final Numbers numbers;
  private final SqlJournal journal;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Pending> queue = new LinkedBlockingQueue<>();
  private final Thread lane;
  private long tickets;
  private boolean closing;
  private volatile long settled;
  private volatile boolean broken;
  private long done;

  /** Milliseconds of the last group: streams are in the order of time. */
  private long lastAt;

  Committer(
      Dialect dialect, Session session, Numbers numbers, SqlJournal journal, InstantSource clock)
      throws SQLException {
    this.dialect = dialect;
    this.session = session;
    this.rows = new RowWriter(session, dialect);
    this.numbers = numbers;
    this.journal = journal;
    this.clock = clock;
    this.lastAt = SqlJournal.lastAt(session);
    this.lane = Thread.ofPlatform().daemon().name("pod-store committer").unstarted(this::run);
  }

  void start() {
    lane.start();
  }

  /** Returns the ticket up to which everything is durable or has failed. */
  long settled() {
    return settled;
  }

  /** Returns how many wait. */
  int waiting() {
    return queue.size();
  }

  /** Puts something into the queue and returns its ticket. */
  long submit(Pending pending) {
    if (lane.equals(Thread.currentThread())) {
      throw new IllegalStateException("a change inside a change");
    }
    synchronized (queue) {
      if (closing) {
        throw Failures.closed();
      }
      if (broken) {
        throw new PodFailure.Unavailable(
            "the disk failed; the store only reads until it is opened again",
            new IllegalStateException("broken"));
      }
      queue.add(pending);
      return ++tickets;
    }
  }

  private void run() {
    var group = new ArrayList<Pending>(PodLimits.GROUP_MAX);
    rows.prepare();
    try {
      while (true) {
        Pending first = queue.take();
        if (first instanceof Pending.End) {
          first.outcome.complete(null);
          return;
        }
        if (first instanceof Pending.Pause pause) {
          pause(pause);
          continue;
        }
        group.add(first);
        while (group.size() < PodLimits.GROUP_MAX && goesIntoGroup(queue.peek())) {
          Pending next = queue.poll();
          if (next == null) {
            break;
          }
          group.add(next);
        }
        commit(group);
        group.clear();
      }
    } catch (InterruptedException e) {
      Failures.LOG.warn("the committer was interrupted and ends", e);
    }
  }

  private static boolean goesIntoGroup(@Nullable Pending next) {
    return !(next instanceof Pending.End || next instanceof Pending.Pause);
  }

  /** Lets go of the writer's transaction: a driver may hold the write lock between commits. */
  private void pause(Pending.Pause pause) {
    try {
      session.connection().commit();
      session.connection().setAutoCommit(true);
      pause.meanwhile.run();
      session.connection().setAutoCommit(false);
      pause.outcome.complete(null);
    } catch (Exception | LinkageError failure) {
      fail(pause, failure);
    }
    settled = ++done;
  }

  private void commit(List<Pending> group) {
    try {
      tryGroup(group);
    } catch (Exception | LinkageError | StackOverflowError failure) {
      rollBack();
      if (group.size() == 1) {
        fail(group.getFirst(), failure);
      } else {
        Failures.LOG.warn("a group of {} failed and is tried one by one", group.size(), failure);
        for (Pending member : group) {
          commitAlone(member);
        }
      }
    }
    done += group.size();
    settled = done;
  }

  private void commitAlone(Pending member) {
    try {
      tryGroup(List.of(member));
    } catch (Exception | LinkageError | StackOverflowError failure) {
      rollBack();
      fail(member, failure);
    }
  }

  private void rollBack() {
    try {
      session.connection().rollback();
    } catch (SQLException e) {
      Failures.LOG.error("rolling back", e);
    }
  }

  private void fail(Pending member, Throwable cause) {
    if (member instanceof Pending.Write write) {
      write.state.epoch.incrementAndGet();
    }
    member.outcome.completeExceptionally(Failures.of(dialect, cause));
  }

  private void tryGroup(List<Pending> group) throws SQLException {
    numbers.reserve(session, numbersWanted(group));
    lastAt = Math.max(lastAt, clock.millis());
    var gathered = new Group(Instant.ofEpochMilli(lastAt));
    for (Pending member : group) {
      switch (member) {
        case Pending.Work work -> {
          if (alone(work, connection -> work.result = work.change.run(connection))) {
            gathered.done.add(work);
          }
        }
        case Pending.Write write -> {
          if (write.epoch != write.state.epoch.get()) {
            fail(
                write,
                new PodFailure.Unavailable(
                    "an earlier write of this pod failed", new IllegalStateException("void")));
          } else if (isPlain(write) || alone(write, connection -> first(write, connection))) {
            gathered.add(write, numbers);
            gathered.done.add(write);
          }
        }
        case Pending.End end -> throw new IllegalStateException("the end is not in a group");
        case Pending.Pause pause -> throw new IllegalStateException("a pause is not in a group");
      }
    }
    if (gathered.done.isEmpty()) {
      rollBack();
      return;
    }
    rows.layers(gathered.layers, clock.millis());
    rows.pods(gathered.pods.values());
    rows.entries(gathered.entries);
    rows.emissions(gathered.emissions);
    journal.writePositions(session, dialect);
    if (commitDurably(gathered)) {
      answer(gathered);
    }
  }

  /**
   * Commits a group. When that fails nobody knows what is on the disk: to try again could write it
   * twice, so all of it fails, and unless the disk was merely full nothing more is written.
   */
  private boolean commitDurably(Group group) {
    try {
      dialect.commitDurably(session.connection());
      return true;
    } catch (SQLException failure) {
      broken = !dialect.isFull(failure);
      Failures.LOG.error("a group could not be made durable", failure);
      rollBack();
      for (Pending member : group.done) {
        fail(member, failure);
      }
      return false;
    }
  }

  private static boolean isPlain(Pending.Write write) {
    return write.also.isEmpty() && write.mode == Pending.Mode.CHANGE;
  }

  private void first(Pending.Write write, Connection connection) throws SQLException {
    if (write.mode == Pending.Mode.CREATE) {
      rows.insertPod(write);
    }
    write.alone(connection);
  }

  /** Runs what other rooms wrote; a failure of it undoes that part alone. */
  private boolean alone(Pending member, Part part) throws SQLException {
    Connection connection = session.connection();
    Savepoint before = connection.setSavepoint();
    try {
      part.run(connection);
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException | RuntimeException | LinkageError failure) {
      connection.rollback(before);
      fail(member, failure);
      return false;
    }
  }

  @FunctionalInterface
  private interface Part {
    void run(Connection connection) throws SQLException;
  }

  private static int numbersWanted(List<Pending> group) {
    int wanted = 0;
    for (Pending member : group) {
      if (member instanceof Pending.Write write) {
        wanted += write.emissions.size() + 1;
      }
    }
    return wanted;
  }

  /** What the members of a group add up to. */
  private static final class Group {
    final List<Pending> done = new ArrayList<>();
    final TreeMap<Long, Layer> layers = new TreeMap<>();
    final LinkedHashMap<Long, Pending.Write> pods = new LinkedHashMap<>();
    final List<Journal.Entry> entries = new ArrayList<>();
    final List<RowWriter.Numbered> emissions = new ArrayList<>();
    final Set<Integer> forgets = new HashSet<>();
    final Instant at;

    Group(Instant at) {
      this.at = at;
    }

    void add(Pending.Write write, Numbers numbers) {
      long pod = write.state.pod.value();
      forgets.addAll(write.forgets);
      emissions.removeIf(
          told ->
              told.emission().pod().equals(write.state.pod)
                  && write.forgets.contains(told.label()));
      if (write.mode == Pending.Mode.DROP) {
        layers.remove(pod);
        pods.remove(pod);
        entries.removeIf(entry -> entry.pod().value() == pod);
        number(write.emissions, write, numbers);
        return;
      }
      Pending.Write earlier = pods.put(pod, write);
      if (earlier == null) {
        layers.put(pod, write.layer);
      } else {
        Layer merged = layers.get(pod);
        if (merged == earlier.layer || merged == null) {
          merged = new Layer();
          merged.absorb(earlier.layer);
          layers.put(pod, merged);
        }
        merged.absorb(write.layer);
      }
      number(write, numbers);
    }

    private void number(Pending.Write write, Numbers numbers) {
      Pending.Entry entry = write.entry;
      if (entry != null) {
        entries.add(
            new Journal.Entry(
                numbers.next(),
                write.state.pod,
                write.number,
                entry.rev(),
                write.at,
                entry.touches(),
                entry.imported()));
      }
      number(write.emissions, write, numbers);
    }

    private void number(List<Pending.Emission> told, Pending.Write write, Numbers numbers) {
      for (Pending.Emission emission : told) {
        long number = numbers.next();
        if (emission.numberAt() >= 0) {
          ByteBuffer.wrap(emission.payload()).putLong(emission.numberAt(), number);
        }
        emissions.add(
            new RowWriter.Numbered(
                emission.label(),
                new Journal.Emission(number, write.state.pod, at, emission.payload())));
      }
    }
  }

  private void answer(Group group) {
    group.forgets.forEach(journal::forget);
    journal.published(group.entries, group.emissions);
    for (Pending member : group.done) {
      Object result = null;
      if (member instanceof Pending.Write write) {
        write.state.durable = write.mode != Pending.Mode.DROP;
      } else if (member instanceof Pending.Work work) {
        result = work.result;
      }
      member.outcome.complete(result);
    }
    if (!group.entries.isEmpty() || !group.emissions.isEmpty()) {
      journal.tell();
    }
  }

  /** Lets the queue run out, stops the lane, and gives back the numbers that were not used. */
  @Override
  public void close() {
    var end = new Pending.End();
    synchronized (queue) {
      if (closing) {
        return;
      }
      closing = true;
      queue.add(end);
    }
    end.await();
    try (rows) {
      journal.writePositions(session, dialect);
      numbers.release(session);
      dialect.beforeClose(session.connection());
      session.close();
    } catch (SQLException e) {
      Failures.LOG.warn("closing the database", e);
    }
  }
}
