package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tripod.podstore.Journal;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/** The journal's tables, with its last entries in memory. */
final class SqlJournal implements Journal {
  /** Bytes of the last commits that are kept in memory, and of the last entries of each stream. */
  static final long RECENT_BYTES_MAX = 8L << 20;

  private static final int ENTRY_BYTES = 200;
  private static final int TOUCH_BYTES = 120;
  private static final String WORKER = "worker:";

  private final SqlPodStore store;
  private final Labels labels;
  private final Pruning pruning;
  private final Recent<Entry> commits;
  private final ConcurrentHashMap<Integer, Recent<Emission>> streams = new ConcurrentHashMap<>();
  private final CopyOnWriteArrayList<Runnable> listeners = new CopyOnWriteArrayList<>();
  private final ConcurrentHashMap<String, Long> positions = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> unsaved = new ConcurrentHashMap<>();
  private final long start;
  private final long usedBefore;
  private final long restored;
  private volatile long head;

  SqlJournal(SqlPodStore store, Labels labels, long head, Numbers numbers) {
    this.store = store;
    this.labels = labels;
    this.pruning = new Pruning(store, this);
    this.start = head;
    this.head = head;
    this.usedBefore = numbers.usedBefore();
    this.restored = numbers.restoredAt();
    this.commits = new Recent<>(head, RECENT_BYTES_MAX);
  }

  /** Returns the highest number in the tables. */
  static long lastNumber(Session session) throws SQLException {
    long last = 0;
    for (String table : List.of("journal", "stream")) {
      try (ResultSet row = session.statement("SELECT MAX(number) FROM " + table).executeQuery()) {
        last = row.next() ? Math.max(last, row.getLong(1)) : last;
      }
    }
    return last;
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public long passed() {
    return Math.max(head, usedBefore);
  }

  @Override
  public long restored() {
    return restored;
  }

  @Override
  public List<Entry> commits(long after, int limit) {
    Optional<List<Entry>> recent = commits.after(after, limit);
    return recent.isPresent() ? recent.get() : store.query(s -> commits(s, after, limit));
  }

  private static List<Entry> commits(Session session, long after, int limit) throws SQLException {
    PreparedStatement query =
        session.statement(
            "SELECT number, pod_id, pod_number, rev, detail FROM journal WHERE number>?"
                + " ORDER BY number LIMIT ?");
    query.setLong(1, after);
    query.setInt(2, limit);
    var entries = new ArrayList<Entry>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        entries.add(
            EntryDetail.decode(
                row.getLong(1),
                new PodId(row.getLong(2)),
                row.getLong(3),
                Tid.ofLong(row.getLong(4)),
                row.getBytes(5)));
      }
    }
    return entries;
  }

  @Override
  public List<Emission> stream(String name, long after, int limit) {
    Optional<Integer> label = labels.known(name);
    if (label.isEmpty()) {
      return List.of();
    }
    Optional<List<Emission>> recent = recent(label.get()).after(after, limit);
    return recent.isPresent()
        ? recent.get()
        : store.query(s -> StreamRows.read(s, label.get(), after, limit));
  }

  private Recent<Emission> recent(int label) {
    return streams.computeIfAbsent(label, _ -> new Recent<>(start, RECENT_BYTES_MAX));
  }

  @Override
  public long oldest(String stream) {
    Optional<Integer> label = labels.known(stream);
    if (label.isEmpty()) {
      return 0;
    }
    return store.query(
        session -> {
          PreparedStatement query =
              session.statement(
                  "SELECT number FROM stream WHERE label_id=? ORDER BY number LIMIT 1");
          query.setInt(1, label.get());
          try (ResultSet row = query.executeQuery()) {
            return row.next() ? row.getLong(1) : 0L;
          }
        });
  }

  @Override
  public long before(String stream, Instant time) {
    Optional<Integer> label = labels.known(stream);
    return label.isPresent()
        ? store.query(session -> pruning.before(session, label.get(), time.toEpochMilli()))
        : 0;
  }

  @Override
  public long prune(String stream, Instant before) {
    Optional<Integer> label = labels.known(stream);
    return label.isPresent() ? pruning.older(label.get(), before.toEpochMilli()) : 0;
  }

  @Override
  public long prune(String stream, PodId pod, long number) {
    Optional<Integer> label = labels.known(stream);
    return label.isPresent() ? pruning.ofPod(label.get(), pod, number) : 0;
  }

  /** Lets go of what is in memory of a stream. Runs in the committer. */
  void forget(int label, long number) {
    recent(label).forget(number);
  }

  /** Returns when the last entry of any stream was made, in milliseconds; 0 when there is none. */
  static long lastAt(Session session) throws SQLException {
    try (ResultSet row =
        session.statement("SELECT at FROM stream ORDER BY number DESC LIMIT 1").executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public AutoCloseable onGroup(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  @Override
  public long position(String worker) {
    Long known = positions.get(worker);
    if (known == null) {
      known = store.query(session -> Numbers.Counters.read(session, WORKER + worker));
      Long raced = positions.putIfAbsent(worker, known);
      known = raced == null ? known : raced;
    }
    return known;
  }

  @Override
  public void position(String worker, long number) {
    positions.put(worker, number);
    unsaved.put(worker, number);
  }

  /** Adds to the transaction where the workers stand. Runs in the committer. */
  void writePositions(Session session, Dialect dialect) throws SQLException {
    for (Map.Entry<String, Long> worker : unsaved.entrySet()) {
      Numbers.Counters.write(session, dialect, WORKER + worker.getKey(), worker.getValue());
      unsaved.remove(worker.getKey(), worker.getValue());
    }
  }

  /** Lets go of a stream's entries in memory, some of which are gone. Runs in the committer. */
  void forget(int label) {
    recent(label).forget(head);
  }

  /** Makes what became durable seen. Runs in the committer. */
  void published(List<Entry> entries, List<RowWriter.Numbered> emissions) {
    long last = head;
    for (Entry entry : entries) {
      commits.add(entry.number(), entry, ENTRY_BYTES + TOUCH_BYTES * entry.touches().size());
      last = Math.max(last, entry.number());
    }
    for (RowWriter.Numbered numbered : emissions) {
      Emission emission = numbered.emission();
      recent(numbered.label())
          .add(emission.number(), emission, ENTRY_BYTES + emission.payload().length);
      last = Math.max(last, emission.number());
    }
    head = last;
  }

  /** Tells the listeners that something became durable. Runs in the committer. */
  void tell() {
    for (Runnable listener : listeners) {
      try {
        listener.run();
      } catch (RuntimeException e) {
        Failures.LOG.error("a listener of the journal failed", e);
      }
    }
  }
}
