package tripod.podstore.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tripod.podstore.Content;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.Partition;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;
import tripod.syntax.PodId;

/**
 * The access control lists of all pods, read once when they are written and kept as rules.
 *
 * <p>Partition {@value #PARTITION}: the path a list belongs to → its rules; the empty key → the
 * revision that last changed any of them, by which whole pods' lists are cached.
 */
public final class AclIndex {
  /** The partition of the rules. */
  public static final String PARTITION = "acl";

  /** Most lists of one pod that are cached together; a pod with more is asked path by path. */
  static final int CACHED_LISTS_MAX = 2_000;

  /** Most rules kept in the cache, over all pods. */
  static final int CACHED_RULES_MAX = 100_000;

  private static final byte[] REVISION = new byte[0];

  private final Function<PodId, Optional<URI>> origins;
  private final Cache<Key, Lists> cache =
      Caffeine.newBuilder()
          .maximumWeight(CACHED_RULES_MAX)
          .weigher((Key key, Lists lists) -> lists.weight())
          .build();

  /**
   * Makes an index.
   *
   * @param origins under which origin a pod is known, where it is known
   */
  public AclIndex(Function<PodId, Optional<URI>> origins) {
    this.origins = origins;
  }

  private record Key(PodId pod, String revision) {}

  /** All lists of a pod; none when they are too many. */
  private record Lists(boolean isWhole, Map<String, List<AccessRule>> byPath, int weight) {}

  /** Returns the rules that count for a path. */
  public EffectiveAcl effective(PodReader view, PodPath path) {
    Partition partition = view.partition(PARTITION);
    Optional<byte[]> revision = partition.get(REVISION);
    if (revision.isEmpty()) {
      return new EffectiveAcl(path, PodPath.ROOT, List.of());
    }
    var text = new String(revision.get(), StandardCharsets.UTF_8);
    boolean unfinished = view instanceof PodWriter writer && writer.rev().value().equals(text);
    Function<PodPath, Optional<List<AccessRule>>> lookup =
        at -> partition.get(at.value()).map(RuleCodec::decode);
    if (!unfinished) {
      Lists lists = cache.get(new Key(view.pod(), text), key -> load(partition));
      if (lists.isWhole()) {
        lookup = at -> Optional.ofNullable(lists.byPath().get(at.value()));
      }
    }
    return nearest(path, lookup);
  }

  private static EffectiveAcl nearest(
      PodPath path, Function<PodPath, Optional<List<AccessRule>>> lookup) {
    Optional<PodPath> at = Optional.of(path);
    while (at.isPresent()) {
      PodPath holder = at.get();
      Optional<List<AccessRule>> rules = lookup.apply(holder);
      if (rules.isPresent()) {
        boolean own = holder.equals(path);
        return new EffectiveAcl(
            path,
            holder,
            rules.get().stream().filter(r -> own ? r.onTarget() : r.onMembers()).toList());
      }
      at = holder.parent();
    }
    return new EffectiveAcl(path, PodPath.ROOT, List.of());
  }

  private static Lists load(Partition partition) {
    List<Partition.Entry> entries =
        partition.range(REVISION, new byte[0], false, CACHED_LISTS_MAX + 2);
    if (entries.size() > CACHED_LISTS_MAX + 1) {
      return new Lists(false, Map.of(), 1);
    }
    var byPath = new HashMap<String, List<AccessRule>>();
    int weight = 1;
    for (Partition.Entry entry : entries) {
      if (!Arrays.equals(entry.key(), REVISION)) {
        List<AccessRule> rules = RuleCodec.decode(entry.value());
        byPath.put(entry.text(), rules);
        weight += 1 + rules.size();
      }
    }
    return new Lists(true, byPath, weight);
  }

  /**
   * Takes up a list that is being put.
   *
   * @throws PodFailure.Invalid when it does not read as a list
   * @throws PodFailure.Refused when nobody would be left who controls the pod
   */
  public void put(PodWriter writer, PodPath path, Content.Document list) {
    List<AccessRule> rules = AclDocument.rules(list, path, origins.apply(writer.pod()));
    if (path.isRoot() && rules.stream().noneMatch(AclIndex::isControl)) {
      throw new PodFailure.Refused(
          "the root's access control list must leave somebody with Control of the root");
    }
    WritablePartition partition = writer.partition(PARTITION);
    partition.put(path.value(), RuleCodec.encode(rules));
    partition.put(REVISION.clone(), writer.rev().value().getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isControl(AccessRule rule) {
    return rule.onTarget()
        && rule.modes().contains(AccessMode.CONTROL)
        && (!rule.agents().isEmpty()
            || !rule.groups().isEmpty()
            || rule.everyone()
            || rule.authenticated());
  }

  /** Forgets the list of a path. */
  public void remove(PodWriter writer, PodPath path) {
    WritablePartition partition = writer.partition(PARTITION);
    partition.delete(path.value());
    partition.put(REVISION.clone(), writer.rev().value().getBytes(StandardCharsets.UTF_8));
  }
}
