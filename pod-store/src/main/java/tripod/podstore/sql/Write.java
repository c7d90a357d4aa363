package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Change;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.WritablePartition;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/** One write while it is being prepared. */
final class Write extends WriteView implements PodWriter {
  private final SqlPodStore store;
  private final Tid rev;
  private final Instant now;
  private final Touched touched = new Touched();
  private final List<Pending.Emission> emissions = new ArrayList<>();
  private final List<Integer> forgets = new ArrayList<>();
  private final List<PodStore.JdbcWork> also = new ArrayList<>();
  private final LargestNames largest;
  private int nextContainer;
  private long documentBytes;
  private boolean imported;
  private boolean resourcesClosed;

  Write(SqlPodStore store, PodState state, Session session, Tid rev, Instant now) {
    super(state, session, store.acls());
    this.store = store;
    this.rev = rev;
    this.now = now;
    this.largest = new LargestNames(this);
    this.nextContainer = state.nextContainer;
    this.documentBytes = state.documentBytes;
  }

  @Override
  public Optional<Tid> head() {
    return state.rev == 0 ? Optional.empty() : Optional.of(Tid.ofLong(state.rev));
  }

  @Override
  public long number() {
    return state.number;
  }

  @Override
  public Tid rev() {
    return rev;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void markImport() {
    imported = true;
  }

  @Override
  public void also(PodStore.JdbcWork work) {
    also.add(work);
  }

  @Override
  public void emit(String stream, byte[] payload, int numberAt) {
    if (numberAt >= 0 && numberAt > payload.length - Long.BYTES) {
      throw new IllegalArgumentException("no room for a number at " + numberAt);
    }
    emissions.add(new Pending.Emission(store.label(stream), payload, numberAt));
  }

  @Override
  public void forgetStream(String stream) {
    int label = store.label(stream);
    forgets.add(label);
    // Looked for here, so that the one lane of all writes need not go through the whole stream.
    long head = store.journal().head();
    List<Long> known = ask(rows -> rows.streamed(label, head + 1));
    also.add(
        connection -> {
          StreamRows.delete(connection, known);
          StreamRows.deleteAbove(connection, label, state.pod, head);
        });
  }

  @Override
  public void put(PodPath path, Content content, Collection<Cid> blobs) {
    mayChange();
    if (path.isContainer() != (content instanceof Content.Container)) {
      throw new PodFailure.Invalid(
          path.isContainer()
              ? "a path that ends with a slash names a container: " + path
              : "a container's path ends with a slash: " + path);
    }
    checkSize(content, PodLimits.DOCUMENT_BYTES_MAX);
    int holder = path.isRoot() ? ItemKey.ABOVE_ROOT : ensureContainer(path.parent().orElseThrow());
    ItemKey key = ItemKey.of(holder, path, Aspect.SELF);
    Optional<ItemRow> before = largest.isBehindAll(key) ? Optional.empty() : item(key);
    if (path.isContainer() && before.isPresent()) {
      return; // it is there, and has no content of its own
    }
    if (before.isEmpty()) {
      checkOtherKind(key, path);
      grow(path, key, content);
    }
    set(path, Aspect.SELF, key, before, content, blobs);
  }

  private void mayChange() {
    if (resourcesClosed) {
      throw new IllegalStateException("a projection changes no resources");
    }
  }

  private static void checkSize(Content content, int bytesMax) {
    if (content instanceof Content.Document document && document.size() > bytesMax) {
      throw new PodFailure.TooLarge(
          "a document of " + document.size() + " bytes; at most " + bytesMax + " are taken");
    }
  }

  /** A row that cannot be there is not looked for: most posts have the newest name of all. */
  @Override
  Optional<ItemRow> item(ItemKey key) {
    return largest.isKnownBehindAll(key) ? Optional.empty() : super.item(key);
  }

  private void checkOtherKind(ItemKey key, PodPath path) {
    if (path.isRoot()) {
      return;
    }
    byte[] name = key.name();
    byte[] other =
        path.isContainer()
            ? Arrays.copyOf(name, name.length - 1)
            : Arrays.copyOf(name, name.length + 1);
    if (!path.isContainer()) {
      other[name.length] = '/';
    }
    var otherKey = new ItemKey(key.container(), other, 0);
    if (!largest.isBehindAll(otherKey) && item(otherKey).isPresent()) {
      throw new PodFailure.Conflict(
          path.isContainer()
              ? "a resource has the name without a slash: " + path
              : "a container has the name with a slash: " + path);
    }
  }

  private int ensureContainer(PodPath path) {
    Optional<ContainerRow> known = container(path);
    if (known.isPresent()) {
      return known.get().id();
    }
    put(path, new Content.Container(), List.of());
    return container(path).orElseThrow().id();
  }

  private void grow(PodPath path, ItemKey key, Content content) {
    path.parent().ifPresent(parent -> count(parent, 1));
    if (content instanceof Content.Container) {
      own.containers.put(
          bytes(path),
          Optional.of(new ContainerRow(nextContainer++, 0, rev.toLong(), now.toEpochMilli())));
    }
    largest.add(key);
  }

  private void count(PodPath container, int more) {
    ContainerRow row = container(container).orElseThrow();
    own.containers.put(
        bytes(container), Optional.of(row.with(more, rev.toLong(), now.toEpochMilli())));
  }

  private static byte[] bytes(PodPath path) {
    return path.value().getBytes(StandardCharsets.UTF_8);
  }

  private void set(
      PodPath path,
      Aspect aspect,
      ItemKey key,
      Optional<ItemRow> before,
      Content content,
      Collection<Cid> named) {
    var blobs = new LinkedHashSet<Cid>(named);
    if (content instanceof Content.File file) {
      blobs.add(file.blob());
    }
    if (!imported) {
      for (Cid blob : blobs) {
        if (ask(r -> r.blob(blob.digest())).isEmpty()) {
          throw new PodFailure.Invalid("no such file was stored for this pod: " + blob);
        }
      }
    }
    store.room().require(content.size());
    long at = now.toEpochMilli();
    ItemRow row =
        ItemRow.of(content, blobs, rev.toLong(), before.map(ItemRow::created).orElse(at), at);
    grow(before, row);
    before.ifPresent(b -> unuse(b, path, key.aspect()));
    for (byte[] digest : row.blobDigests()) {
      own.uses.put(new UseKey(digest, bytes(path), key.aspect()), true);
    }
    own.items.put(key, Optional.of(row));
    touch(path, aspect, before, Optional.of(row));
  }

  /** Counts a document's bytes; what does not grow the pod is never refused. */
  private void grow(Optional<ItemRow> before, ItemRow after) {
    long more = after.contentBytes() - before.map(ItemRow::contentBytes).orElse(0L);
    documentBytes += more;
    if (more > 0) {
      store.quotas().require(state, documentBytes);
    }
  }

  private void unuse(ItemRow row, PodPath path, int aspect) {
    for (byte[] digest : row.blobDigests()) {
      own.uses.put(new UseKey(digest, bytes(path), aspect), false);
    }
  }

  private void touch(
      PodPath path, Aspect aspect, Optional<ItemRow> before, Optional<ItemRow> after) {
    touched.add(
        path,
        aspect,
        () -> before.map(row -> resource(row, path, aspect)),
        after.map(row -> row.resource(path, aspect)));
    if (!imported && touched.size() > PodLimits.CHANGES_MAX) {
      throw new PodFailure.TooLarge("more than " + PodLimits.CHANGES_MAX + " changes in one write");
    }
  }

  @Override
  public void putAspect(PodPath path, Aspect aspect, Content.Document content) {
    mayChange();
    if (aspect == Aspect.SELF) {
      throw new IllegalArgumentException("the resource itself is no auxiliary graph");
    }
    int holder =
        holder(path)
            .filter(h -> item(ItemKey.of(h, path, Aspect.SELF)).isPresent())
            .orElseThrow(() -> new PodFailure.NotFound("there is nothing at " + path));
    checkSize(
        content, aspect == Aspect.ACL ? PodLimits.ACL_BYTES_MAX : PodLimits.DOCUMENT_BYTES_MAX);
    if (aspect == Aspect.ACL) {
      store.acls().put(this, path, content);
    }
    ItemKey key = ItemKey.of(holder, path, aspect);
    set(path, aspect, key, item(key), content, List.of());
  }

  @Override
  public boolean delete(PodPath path) {
    mayChange();
    Optional<ItemRow> row = item(path, Aspect.SELF);
    if (row.isEmpty()) {
      return false;
    }
    if (path.isRoot()) {
      throw new PodFailure.Conflict("the root container stays");
    }
    if (path.isContainer()) {
      if (memberCount(path) > 0) {
        throw new PodFailure.Conflict("the container has members: " + path);
      }
    }
    for (Aspect aspect : Aspect.values()) {
      if (aspect != Aspect.SELF) {
        remove(path, aspect);
      }
    }
    remove(path, Aspect.SELF);
    if (path.isContainer()) {
      own.containers.put(bytes(path), Optional.empty());
    }
    path.parent().ifPresent(parent -> count(parent, -1));
    return true;
  }

  @Override
  public boolean deleteAspect(PodPath path, Aspect aspect) {
    mayChange();
    if (aspect == Aspect.SELF) {
      throw new IllegalArgumentException("use delete for the resource itself");
    }
    if (aspect == Aspect.ACL && path.isRoot()) {
      throw new PodFailure.Refused("the root's access control list stays");
    }
    return remove(path, aspect);
  }

  private boolean remove(PodPath path, Aspect aspect) {
    Optional<Integer> holder = holder(path);
    if (holder.isEmpty()) {
      return false;
    }
    ItemKey key = ItemKey.of(holder.get(), path, aspect);
    Optional<ItemRow> row = item(key);
    if (row.isEmpty()) {
      return false;
    }
    if (aspect == Aspect.ACL) {
      store.acls().remove(this, path);
    }
    unuse(row.get(), path, key.aspect());
    documentBytes -= row.get().contentBytes();
    own.items.put(key, Optional.empty());
    touch(path, aspect, row, Optional.empty());
    return true;
  }

  @Override
  public WritablePartition partition(String name) {
    return new OpenPartition(this, store.label(name));
  }

  /** Runs the projections and gives the write away; empty when it changed nothing. */
  Optional<Pending.Write> finish(List<Projection> projections, long epoch, Pending.Mode mode) {
    List<Change> changes = touched.changes();
    resourcesClosed = true;
    if (!changes.isEmpty()) {
      var commit = new Commit(pod(), head(), rev, now, imported, changes);
      for (Projection projection : projections) {
        projection.apply(commit, this);
      }
    } else if (own.isEmpty() && emissions.isEmpty() && also.isEmpty()) {
      return Optional.empty();
    }
    boolean committed = !changes.isEmpty();
    return Optional.of(
        new Pending.Write(
            state,
            epoch,
            mode,
            own,
            also,
            emissions,
            forgets,
            now,
            committed ? rev.toLong() : state.rev,
            committed ? state.number + 1 : state.number,
            nextContainer,
            documentBytes,
            committed ? new Pending.Entry(rev, Touched.inJournal(changes), imported) : null));
  }

  /** Makes the accepted write the state that the next one builds on. */
  void accepted(Pending.Write write, long ticket) {
    state.rev = write.rev;
    state.number = write.number;
    state.nextContainer = write.nextContainer;
    state.documentBytes = write.documentBytes;
    state.accept(own, ticket, largest.found());
  }
}
