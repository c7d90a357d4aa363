package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tripod.podstore.Aspect;
import tripod.podstore.Change;
import tripod.podstore.Commit;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Resource;
import tripod.podstore.WritablePartition;
import tripod.syntax.AtUri;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * Who likes, answers, follows what, as index ranges.
 *
 * <p>A row's key is predicate, object and subject path; what is known by two names has two rows.
 * What lies in the pod itself is named by its path, so that a change of domain moves no row
 * (NAM-1).
 */
public final class Links implements Projection {
  /** Name of the partition. */
  public static final String PARTITION = "links";

  /** Longest name of an object that stands in a key as it is, in bytes; longer ones are hashed. */
  private static final int OBJECT_BYTES_MAX = 384;

  private static final char SEPARATOR = '\u001f';
  private static final byte[] NOTHING = {};

  private final Lens lens;
  private final Function<PodId, Optional<PodNames>> names;

  /**
   * Makes the projection.
   *
   * @param lens reads what is written
   * @param names what others call a pod; empty while the pod is still being made
   */
  public Links(Lens lens, Function<PodId, Optional<PodNames>> names) {
    this.lens = lens;
    this.names = names;
  }

  /**
   * Returns the resources of the pod that do something to an object, in path order.
   *
   * @param object any name of it: an at-uri, a DID or an IRI
   * @param after the path to begin behind, exclusive
   */
  public static List<PodPath> subjects(
      PodReader view,
      PodNames names,
      Link.Predicate predicate,
      String object,
      Optional<PodPath> after,
      int limit) {
    String prefix = prefix(predicate, name(object, names));
    byte[] from =
        (prefix + after.map(path -> path.value() + '\0').orElse(""))
            .getBytes(StandardCharsets.UTF_8);
    byte[] to = prefix.getBytes(StandardCharsets.UTF_8);
    to[to.length - 1]++; // the separator is never the last byte value
    List<PodPath> paths = new ArrayList<>();
    for (Partition.Entry entry : view.partition(PARTITION).range(from, to, false, limit)) {
      paths.add(new PodPath(entry.text().substring(prefix.length())));
    }
    return paths;
  }

  @Override
  public String partition() {
    return PARTITION;
  }

  @Override
  public void apply(Commit pending, PodWriter after) {
    Optional<PodNames> known = names.apply(pending.pod());
    if (known.isEmpty()) {
      return; // a pod in the making holds no links yet
    }
    for (Change change : pending.changes()) {
      if (change.aspect() == Aspect.SELF && SocialPaths.isSocial(change.path())) {
        follow(pending, change, known.get(), after.partition(PARTITION));
      }
    }
  }

  @Override
  public List<String> faults(PodReader view) {
    Optional<PodNames> known = names.apply(view.pod());
    if (known.isEmpty()) {
      return List.of();
    }
    Set<String> expected = new TreeSet<>();
    SocialPaths.visit(
        view,
        resource -> {
          for (Link link : lens.links(resource, known.get())) {
            expected.add(key(link, resource, known.get()));
          }
        });
    List<String> faults = new ArrayList<>();
    view.partition(PARTITION)
        .each(
            NOTHING,
            NOTHING,
            (key, value) -> {
              String text = new String(key, StandardCharsets.UTF_8);
              if (!expected.remove(text)) {
                faults.add("a link that nothing makes: " + text.replace(SEPARATOR, ' '));
              }
            });
    expected.forEach(key -> faults.add("a link is missing: " + key.replace(SEPARATOR, ' ')));
    return faults;
  }

  private void follow(Commit pending, Change change, PodNames known, WritablePartition own) {
    Set<String> before = new LinkedHashSet<>();
    change.before().ifPresent(old -> keys(pending, old, known, before));
    Set<String> now = new LinkedHashSet<>();
    if (change instanceof Change.Put put) {
      keys(pending, put.after(), known, now);
    }
    for (String key : before) {
      if (!now.contains(key)) {
        own.delete(key);
      }
    }
    for (String key : now) {
      if (!before.contains(key)) {
        own.put(key, NOTHING);
      }
    }
  }

  private void keys(Commit pending, Resource resource, PodNames known, Set<String> keys) {
    for (Link link : lens.links(pending, resource, known)) {
      keys.add(key(link, resource, known));
    }
  }

  private static String key(Link link, Resource resource, PodNames known) {
    return prefix(link.predicate(), name(link.object(), known)) + resource.path();
  }

  private static String prefix(Link.Predicate predicate, String object) {
    return predicate.name().toLowerCase(Locale.ROOT) + SEPARATOR + object + SEPARATOR;
  }

  private static String name(String object, PodNames names) {
    Optional<PodPath> own =
        object.startsWith("at://")
            ? AtUri.isValid(object)
                ? SocialPaths.path(AtUri.parse(object), names)
                : Optional.empty()
            : SocialPaths.path(object, names);
    if (own.isPresent()) {
      return "pod:" + own.get();
    }
    byte[] bytes = object.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= OBJECT_BYTES_MAX && object.indexOf(SEPARATOR) < 0
        ? object
        : "sha-256:" + HexFormat.of().formatHex(sha256(bytes));
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the JDK must have SHA-256", e);
    }
  }
}
