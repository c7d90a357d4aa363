package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Aspect;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.access.AclIndex;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/** What reading a snapshot and reading inside a write have in common. */
abstract class View implements PodReader {
  private final PodId pod;
  private final AclIndex acls;

  View(PodId pod, AclIndex acls) {
    this.pod = pod;
    this.acls = acls;
  }

  /** A read that a database may refuse. */
  interface Query<T> {
    T run(Rows rows) throws SQLException;
  }

  /** Asks the committed rows. */
  abstract <T> T ask(Query<T> query);

  abstract Optional<ItemRow> item(ItemKey key);

  abstract Optional<ContainerRow> container(PodPath path);

  abstract List<Rows.Named> membersOf(
      int container, byte @Nullable [] after, boolean descending, int limit);

  abstract List<UseKey> usesOf(byte[] digest, int limit);

  @Override
  public PodId pod() {
    return pod;
  }

  /** Returns the number of the container that a path is in; empty when that is not there. */
  final Optional<Integer> holder(PodPath path) {
    Optional<PodPath> parent = path.parent();
    return parent.isEmpty()
        ? Optional.of(ItemKey.ABOVE_ROOT)
        : container(parent.get()).map(ContainerRow::id);
  }

  final Optional<ItemRow> item(PodPath path, Aspect aspect) {
    return holder(path).flatMap(holder -> item(ItemKey.of(holder, path, aspect)));
  }

  @Override
  public Optional<Resource> get(PodPath path, Aspect aspect) {
    return item(path, aspect).map(row -> resource(row, path, aspect));
  }

  /** Returns a row as a resource; a container is as new as its membership. */
  final Resource resource(ItemRow row, PodPath path, Aspect aspect) {
    if (row.kind() == ItemRow.CONTAINER) {
      Optional<ContainerRow> known = container(path);
      if (known.isPresent()) {
        return row.resource(path, aspect, known.get().rev(), known.get().modified());
      }
    }
    return row.resource(path, aspect);
  }

  @Override
  public List<Resource> members(
      PodPath container, Optional<String> after, boolean newestFirst, int limit) {
    Optional<ContainerRow> row = container(container);
    if (row.isEmpty()) {
      return List.of();
    }
    var members = new ArrayList<Resource>();
    for (Rows.Named member : membersOf(row.get().id(), behind(after), newestFirst, most(limit))) {
      PodPath path = container.member(new String(member.name(), StandardCharsets.UTF_8));
      members.add(resource(member.row(), path, Aspect.SELF));
    }
    return members;
  }

  static byte @Nullable [] behind(Optional<String> after) {
    return after.map(name -> name.getBytes(StandardCharsets.UTF_8)).orElse(null);
  }

  static int most(int limit) {
    return Math.clamp(limit, 0, PodLimits.LIST_MAX);
  }

  @Override
  public long memberCount(PodPath container) {
    return container(container).map(ContainerRow::members).orElse(0L);
  }

  @Override
  public EffectiveAcl acl(PodPath path) {
    return acls.effective(this, path);
  }

  @Override
  public List<PodPath> blobUses(Cid blob, int limit) {
    var paths = new ArrayList<PodPath>();
    for (UseKey use : usesOf(blob.digest(), limit)) {
      var path = new PodPath(new String(use.path(), StandardCharsets.UTF_8));
      if (!paths.contains(path)) {
        paths.add(path);
      }
    }
    return paths;
  }
}
