package tripod.identity.oauth;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.scope.Permission;
import tripod.identity.scope.PermissionSet;

/**
 * What a person is asked.
 *
 * @param requestUri stands for the request in the pages' forms
 * @param clientId the app
 * @param clientName what the app calls itself, which proves nothing
 * @param dialect how it speaks
 * @param redirect where the answer will go
 * @param formTarget what the page must let forms be sent to, so that the answer can go there
 * @param scopes what is asked for
 * @param expected whose account the app expects, if it is of here
 * @param hint what the app says the person is called
 * @param wantsSignIn whether the person must give a password for this request
 * @param wantsChoice whether the person must choose an account
 * @param created when the request came
 */
public record Asking(
    String requestUri,
    String clientId,
    Optional<String> clientName,
    Dialect dialect,
    String redirect,
    Optional<String> formTarget,
    List<Asked> scopes,
    Optional<Account> expected,
    Optional<String> hint,
    boolean wantsSignIn,
    boolean wantsChoice,
    Instant created) {
  public Asking {
    scopes = List.copyOf(scopes);
  }

  /** Says whether the app is one under development on the person's own machine. */
  public boolean isLoopback() {
    return ClientMetadata.isLoopback(clientId);
  }

  /**
   * One scope that is asked for.
   *
   * @param scope as it was written
   * @param required whether nothing can be granted without it
   * @param permission what it means at the ATProto door
   * @param set the permission set it stands for
   */
  public record Asked(
      String scope,
      boolean required,
      Optional<Permission> permission,
      Optional<PermissionSet> set) {}
}
