package tripod.podstore.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Blobs;
import tripod.podstore.Content;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Spool;
import tripod.podstore.Usage;
import tripod.podstore.access.AclIndex;
import tripod.podstore.blob.BlobFolder;
import tripod.podstore.blob.BlobStore;
import tripod.podstore.blob.DiskRoom;
import tripod.syntax.PodId;

/** The pods of one server in one SQL database. */
public final class SqlPodStore implements PodStore {
  private final Dialect dialect;
  private final ReadPool readers;
  private final DataLock dataLock;
  private final List<Projection> projections;
  private final Labels labels = new Labels();
  private final PodStates states = new PodStates();
  private final AclIndex acls;
  private final SqlRoom sql;
  private final SqlJournal journal;
  private final Committer committer;
  private final PodWrites writes;
  private final PodIds podIds;
  private final DiskRoom room;
  private final BlobStore files;
  private final SqlBlobs blobs;
  private final Quotas quotas;
  private volatile Function<PodId, Optional<URI>> origins = pod -> Optional.empty();

  /**
   * Opens a store, making its tables or bringing them up to date.
   *
   * @param projections run in this order in every commit
   * @throws PodFailure.Unavailable when the database cannot be opened
   */
  public static SqlPodStore open(
      StoreConfig config, InstantSource clock, List<Projection> projections) {
    try {
      DataFolder.make(config.dataFolder());
      return open(
          config,
          clock,
          projections,
          DiskRoom.of(config.dataFolder(), clock),
          new BlobFolder(config.dataFolder()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a store whose disk is watched in another way, or whose blobs are kept elsewhere.
   *
   * @param room asked before anything is put
   * @param files closed with the store
   */
  public static SqlPodStore open(
      StoreConfig config,
      InstantSource clock,
      List<Projection> projections,
      DiskRoom room,
      BlobStore files) {
    try {
      return new SqlPodStore(config, clock, projections, room, files);
    } catch (SQLException e) {
      throw new PodFailure.Unavailable("the database could not be opened", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SqlPodStore(
      StoreConfig config,
      InstantSource clock,
      List<Projection> projections,
      DiskRoom room,
      BlobStore files)
      throws SQLException, IOException {
    this.files = files;
    this.projections = List.copyOf(projections);
    this.acls = new AclIndex(this::origin);
    this.dataLock = DataLock.take(config.dataFolder());
    this.room = room;
    this.dialect = Dialect.of(config);
    this.readers = new ReadPool(dialect);
    this.sql = new SqlRoom(this, dialect);
    boolean opened = false;
    @Nullable Session writer = null;
    try {
      Migrations.run(dialect, "pod", "classpath:tripod/podstore/sql");
      writer = new Session(dialect.openWriter());
      var numbers = new Numbers(dialect, HighWater.in(config.dataFolder()));
      numbers.load(writer, config.restored(), clock.instant());
      labels.load(writer);
      this.journal = new SqlJournal(this, labels, SqlJournal.lastNumber(writer), numbers);
      this.podIds = new PodIds(sql, PodIds.last(writer));
      writer.connection().commit();
      this.committer = new Committer(dialect, writer, numbers, journal, clock);
      this.writes =
          new PodWrites(this, states, readers, committer, new Revisions(clock, config.clockId()));
      this.blobs = new SqlBlobs(this, config, files, room, clock);
      this.quotas = new Quotas(this, sql, states, config.podBytesMax());
      committer.start();
      opened = true;
    } finally {
      if (!opened) {
        if (writer != null) {
          writer.close();
        }
        dataLock.close();
      }
    }
    if (!exists(HOST)) {
      // No projection has anything to say about the server's own empty pod.
      writes.run(HOST, Pending.Mode.CREATE, JdbcWork.NONE, List.of(), SqlPodStore::putRoot);
    }
  }

  /**
   * Tells the store under which origin a pod is known, so that absolute IRIs of access control
   * lists are understood as the pod's own.
   */
  public void origins(Function<PodId, Optional<URI>> known) {
    origins = known;
  }

  private Optional<URI> origin(PodId pod) {
    return origins.apply(pod);
  }

  AclIndex acls() {
    return acls;
  }

  DiskRoom room() {
    return room;
  }

  int label(String name) {
    return labels.of(name, sql);
  }

  /** A read on a session of its own. */
  @FunctionalInterface
  interface SessionQuery<T extends @Nullable Object> {
    T run(Session session) throws SQLException;
  }

  /** Runs single statements, each of which sees what is committed when it runs. */
  <T extends @Nullable Object> T query(SessionQuery<T> query) {
    Session session = readers.take();
    boolean healthy = false;
    try {
      T result = query.run(session);
      healthy = true;
      return result;
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    } finally {
      readers.giveBack(session, healthy);
    }
  }

  Session takeReader() {
    return readers.take();
  }

  void giveBackReader(Session session, boolean healthy) {
    readers.giveBack(session, healthy);
  }

  boolean exists(PodId pod) {
    PodState state = states.of(pod);
    if (!state.durable && query(s -> new Rows(s, pod.value()).pod()).isPresent()) {
      state.durable = true;
    }
    return state.durable;
  }

  @Override
  public <T> T read(PodId pod, Function<PodReader, T> work) {
    if (!exists(pod)) {
      throw new PodFailure.NotFound("there is no such pod");
    }
    Session session = readers.take();
    boolean healthy = true;
    try {
      dialect.beginRead(session);
      try {
        return work.apply(new Snapshot(pod, session, labels, acls));
      } finally {
        dialect.endRead(session);
      }
    } catch (SQLException e) {
      healthy = false;
      throw Failures.unavailable(e);
    } catch (PodFailure.Unavailable e) {
      healthy = false;
      throw e;
    } finally {
      readers.giveBack(session, healthy);
    }
  }

  @Override
  public <T> T write(PodId pod, Function<PodWriter, T> work) {
    return writes.run(pod, Pending.Mode.CHANGE, JdbcWork.NONE, projections, work);
  }

  @Override
  public <T> T create(PodId pod, JdbcWork also, Function<PodWriter, T> work) {
    return writes.run(
        pod,
        Pending.Mode.CREATE,
        also,
        projections,
        writer -> {
          putRoot(writer);
          return work.apply(writer);
        });
  }

  private static int putRoot(PodWriter writer) {
    writer.put(PodPath.ROOT, new Content.Container());
    return 0;
  }

  @Override
  public void drop(PodId pod, JdbcWork also, Consumer<PodWriter> last) {
    writes.run(
        pod,
        Pending.Mode.DROP,
        connection -> {
          PodDrop.run(connection, pod);
          also.run(connection);
        },
        List.of(),
        writer -> {
          last.accept(writer);
          return 0;
        });
    blobs.removeDropped(pod);
  }

  /** Returns how many changes wait for the committer. */
  int waiting() {
    return committer.waiting();
  }

  Pending submit(Pending work) {
    committer.submit(work);
    return work;
  }

  /** Runs {@code work} while no write of the pod is being prepared or waits to be durable. */
  <T> T alone(PodId pod, Supplier<T> work) {
    return writes.alone(pod, work);
  }

  @Override
  public PodId nextPodId() {
    return podIds.next();
  }

  @Override
  public Journal journal() {
    return journal;
  }

  @Override
  public Spool spool() {
    return blobs.spool();
  }

  @Override
  public Blobs blobs() {
    return blobs;
  }

  Quotas quotas() {
    return quotas;
  }

  @Override
  public Usage usage(PodId pod) {
    return quotas.usage(pod);
  }

  @Override
  public void quota(PodId pod, OptionalLong bytes) {
    quotas.set(pod, bytes);
  }

  @Override
  public List<String> faults(PodId pod) {
    var faults = new ArrayList<>(sql.query(c -> RowAudit.faults(c, pod, files)));
    for (Projection projection : projections) {
      faults.addAll(read(pod, projection::faults));
    }
    return faults;
  }

  @Override
  public Sql sql() {
    return sql;
  }

  @Override
  public List<PodId> pods(Optional<PodId> after, int limit) {
    return query(
        session -> {
          PreparedStatement query =
              session.statement("SELECT pod_id FROM pod WHERE pod_id>? ORDER BY pod_id LIMIT ?");
          query.setLong(1, after.map(PodId::value).orElse(0L));
          query.setInt(2, limit);
          var pods = new ArrayList<PodId>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              pods.add(new PodId(row.getLong(1)));
            }
          }
          return pods;
        });
  }

  @Override
  public void close() {
    readers.close();
    committer.close();
    files.close();
    dataLock.close();
  }
}
