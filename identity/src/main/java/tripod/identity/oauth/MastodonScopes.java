package tripod.identity.oauth;

import java.util.Collection;
import java.util.Set;

/**
 * The scopes of clients made for Mastodon, and what they come to here.
 *
 * @see <a href="https://docs.joinmastodon.org/api/oauth-scopes/">Mastodon: OAuth scopes</a>
 */
final class MastodonScopes {
  private static final Set<String> GROUPS = Set.of("read", "write", "follow", "push", "profile");

  private MastodonScopes() {}

  /** Says whether a scope is one. */
  static boolean isKnown(String scope) {
    return GROUPS.contains(group(scope)) && scope.length() <= 60;
  }

  /** Says whether scopes hold another, or the group it is of. */
  static boolean covers(Collection<String> scopes, String wanted) {
    return isKnown(wanted) && (scopes.contains(wanted) || scopes.contains(group(wanted)));
  }

  private static String group(String scope) {
    int colon = scope.indexOf(':');
    return colon < 0 ? scope : scope.substring(0, colon);
  }
}
