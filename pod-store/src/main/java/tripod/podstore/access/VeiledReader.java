package tripod.podstore.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import tripod.podstore.Aspect;
import tripod.podstore.Blobs;
import tripod.podstore.Content;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.Partition;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/** A view in which what is hidden is not there. */
record VeiledReader(PodReader view, Veil.Hidden hidden) implements PodReader {
  @Override
  public PodId pod() {
    return view.pod();
  }

  @Override
  public Optional<Tid> head() {
    return view.head();
  }

  @Override
  public long number() {
    return view.number();
  }

  @Override
  public Optional<Resource> get(PodPath path, Aspect aspect) {
    return hidden.paths().contains(path)
        ? Optional.empty()
        : view.get(path, aspect).filter(this::isSeen);
  }

  private boolean isSeen(Resource resource) {
    return !hidden.paths().contains(resource.path())
        && !(resource.content() instanceof Content.File file
            && hidden.blobs().contains(file.blob()));
  }

  @Override
  public List<Resource> members(
      PodPath container, Optional<String> after, boolean newestFirst, int limit) {
    int most = Math.clamp(limit, 0, PodLimits.LIST_MAX);
    return filled(
        after,
        most,
        (behind, wanted) -> view.members(container, behind, newestFirst, wanted),
        member -> member.path().memberName(),
        this::isSeen);
  }

  /** A page is as full as it would be if what is hidden had never been there. */
  private static <K, V> List<V> filled(
      Optional<K> after,
      int limit,
      BiFunction<Optional<K>, Integer, List<V>> range,
      Function<V, K> key,
      Predicate<V> seen) {
    List<V> page = new ArrayList<>();
    Optional<K> behind = after;
    while (page.size() < limit) {
      int wanted = limit - page.size();
      List<V> next = range.apply(behind, wanted);
      next.stream().filter(seen).forEach(page::add);
      if (next.size() < wanted) {
        break;
      }
      behind = Optional.of(key.apply(next.getLast()));
    }
    return page;
  }

  @Override
  public long memberCount(PodPath container) {
    return view.memberCount(container);
  }

  @Override
  public List<PodPath> containersUnder(PodPath container) {
    return view.containersUnder(container);
  }

  @Override
  public Partition partition(String name) {
    return view.partition(name);
  }

  @Override
  public EffectiveAcl acl(PodPath path) {
    return view.acl(path);
  }

  @Override
  public List<PodPath> blobUses(Cid blob, int limit) {
    return hidden.blobs().contains(blob)
        ? List.of()
        : view.blobUses(blob, limit).stream()
            .filter(path -> !hidden.paths().contains(path))
            .toList();
  }

  @Override
  public Optional<Blobs.Blob> blob(Cid blob) {
    return hidden.blobs().contains(blob) ? Optional.empty() : view.blob(blob);
  }

  @Override
  public List<Blobs.Blob> blobs(Optional<Cid> after, int limit) {
    return filled(
        after, limit, view::blobs, Blobs.Blob::cid, blob -> !hidden.blobs().contains(blob.cid()));
  }
}
