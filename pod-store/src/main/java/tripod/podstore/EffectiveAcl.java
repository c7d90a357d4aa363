package tripod.podstore;

import java.util.List;
import tripod.syntax.AccessRule;

/**
 * The rules that count for one path: those of the nearest access control list, and of that only the
 * ones that speak of the path ({@code acl:accessTo} where the list is its own, {@code acl:default}
 * where it is inherited).
 *
 * @param path what was asked about
 * @param holder whose list it is: the path itself or an ancestor
 * @param rules the rules that count; empty means nobody
 */
public record EffectiveAcl(PodPath path, PodPath holder, List<AccessRule> rules) {
  public EffectiveAcl {
    rules = List.copyOf(rules);
  }

  /** Says whether the list is the path's own. */
  public boolean isOwn() {
    return path.equals(holder);
  }
}
