package tripod.atproto.repo;

import java.util.Optional;
import tripod.syntax.Cid;

/**
 * What became of one key in a commit.
 *
 * @param key {@code collection/rkey}
 * @param before the record it had
 * @param after the record it has
 */
record RepoOp(String key, Optional<Cid> before, Optional<Cid> after) {
  RepoOp {
    if (before.equals(after)) {
      throw new IllegalArgumentException("no change of " + key);
    }
  }

  /** Returns the word on the wire. */
  String action() {
    if (after.isEmpty()) {
      return "delete";
    }
    return before.isEmpty() ? "create" : "update";
  }
}
