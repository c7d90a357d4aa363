package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Blobs;
import tripod.podstore.Partition;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.access.AclIndex;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/** One transaction's view of a pod's durable state. */
final class Snapshot extends View {
  private final Rows rows;
  private final Labels labels;
  private final HashMap<PodPath, Optional<ContainerRow>> containers = new HashMap<>();
  private Rows.@Nullable PodRow row;

  Snapshot(PodId pod, Session session, Labels labels, AclIndex acls) {
    super(pod, acls);
    this.rows = new Rows(session, pod.value());
    this.labels = labels;
  }

  @Override
  <T> T ask(Query<T> query) {
    try {
      return query.run(rows);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  private Rows.PodRow row() {
    Rows.PodRow known = row;
    if (known == null) {
      known =
          ask(Rows::pod)
              .orElseThrow(() -> new PodFailure.NotFound("there is no such pod any more"));
      row = known;
    }
    return known;
  }

  @Override
  public Optional<Tid> head() {
    long rev = row().rev();
    return rev == 0 ? Optional.empty() : Optional.of(Tid.ofLong(rev));
  }

  @Override
  public long number() {
    return row().number();
  }

  @Override
  Optional<ItemRow> item(ItemKey key) {
    return ask(r -> r.item(key));
  }

  @Override
  Optional<ContainerRow> container(PodPath path) {
    Optional<ContainerRow> known = containers.get(path);
    if (known == null) {
      known = ask(r -> r.container(path.value().getBytes(StandardCharsets.UTF_8)));
      containers.put(path, known);
    }
    return known;
  }

  @Override
  List<Rows.Named> membersOf(
      int container, byte @Nullable [] after, boolean descending, int limit) {
    return ask(r -> r.members(container, after, descending, limit));
  }

  @Override
  public Blocks blocks(PodPath container, Optional<String> after, boolean newestFirst, int limit) {
    Optional<ContainerRow> row = container(container);
    return row.isEmpty()
        ? new Blocks(List.of(), Optional.empty())
        : ask(r -> r.blocks(row.get().id(), behind(after), newestFirst, most(limit)));
  }

  @Override
  public List<PodPath> containersUnder(PodPath container) {
    var paths = new ArrayList<PodPath>();
    for (byte[] path :
        ask(r -> r.containersUnder(container.value().getBytes(StandardCharsets.UTF_8)))) {
      paths.add(new PodPath(new String(path, StandardCharsets.UTF_8)));
    }
    return paths;
  }

  @Override
  public Partition partition(String name) {
    Optional<Integer> label = labels.known(name);
    return label.isEmpty() ? EmptyPartition.INSTANCE : new SnapshotPartition(label.get());
  }

  @Override
  List<UseKey> usesOf(byte[] digest, int limit) {
    return ask(r -> r.uses(digest, limit));
  }

  @Override
  public Optional<Blobs.Blob> blob(Cid blob) {
    return ask(r -> r.blob(blob.digest()));
  }

  @Override
  public List<Blobs.Blob> blobs(Optional<Cid> after, int limit) {
    return ask(r -> r.blobs(after.map(Cid::digest).orElse(new byte[0]), limit));
  }

  private final class SnapshotPartition implements Partition {
    private final int label;

    SnapshotPartition(int label) {
      this.label = label;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
      return ask(r -> r.value(label, key));
    }

    @Override
    public List<Entry> range(byte[] from, byte[] to, boolean descending, int limit) {
      return ask(r -> r.values(label, from, to, descending, limit));
    }

    @Override
    public void each(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      ask(
          r -> {
            r.eachValue(label, from, to, visitor);
            return true;
          });
    }
  }

  /** A partition that nobody has written to in any pod. */
  private enum EmptyPartition implements Partition {
    INSTANCE;

    @Override
    public Optional<byte[]> get(byte[] key) {
      return Optional.empty();
    }

    @Override
    public List<Entry> range(byte[] from, byte[] to, boolean descending, int limit) {
      return List.of();
    }

    @Override
    public void each(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
      // there is none
    }
  }
}
