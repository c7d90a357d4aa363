package tripod.atproto.lexicon;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Permissions that a client may ask for under one name, as the document has them: what of them may
 * be granted is a further question.
 *
 * @param title a few words for people
 * @param titles the same by language
 * @param detail more words for people
 * @param details the same by language
 * @param permissions in order
 * @see <a href="https://atproto.com/specs/permission#permission-sets">Permissions: permission
 *     sets</a>
 */
public record PermissionSet(
    Optional<String> title,
    Map<String, String> titles,
    Optional<String> detail,
    Map<String, String> details,
    List<Permission> permissions) {
  public PermissionSet {
    titles = Map.copyOf(titles);
    details = Map.copyOf(details);
    permissions = List.copyOf(permissions);
  }

  /** One permission. */
  public sealed interface Permission {
    /**
     * Writing records.
     *
     * @param collections of which kinds
     * @param actions in which ways; empty for all
     */
    record Repo(List<String> collections, List<String> actions) implements Permission {
      public Repo {
        collections = List.copyOf(collections);
        actions = List.copyOf(actions);
      }
    }

    /**
     * Calling methods elsewhere.
     *
     * @param methods which
     * @param audience where
     * @param inherits whether the audience is that of whoever includes the set
     */
    record Rpc(List<String> methods, Optional<String> audience, boolean inherits)
        implements Permission {
      public Rpc {
        methods = List.copyOf(methods);
      }
    }

    /** Something that sets cannot give, or that is newer than this house. */
    record Other(String resource) implements Permission {}
  }
}
