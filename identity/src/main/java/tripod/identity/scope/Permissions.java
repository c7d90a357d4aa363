package tripod.identity.scope;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tripod.syntax.Nsid;

/**
 * All that a grant allows at the ATProto door.
 *
 * @param all the permissions, without repetition
 */
public record Permissions(List<Permission> all) {
  private static final String CHAT = "chat.bsky.";

  public Permissions {
    all = all.stream().distinct().toList();
  }

  /** Understands scopes; those that are not understood allow nothing. */
  public static Permissions of(Collection<String> scopes) {
    return new Permissions(
        scopes.stream().map(Permission::parse).flatMap(Optional::stream).toList());
  }

  /** Takes the value of a {@code scope} parameter apart; repeated and empty ones fall away. */
  public static List<String> split(String scope) {
    return Arrays.stream(scope.split(" ", -1)).filter(one -> !one.isEmpty()).distinct().toList();
  }

  /** Says whether a record may be written. */
  public boolean allowsRepo(Nsid collection, Permission.Action action) {
    return has(Permission.Transition.GENERIC)
        || any(Permission.Repo.class, one -> one.allows(collection, action));
  }

  /**
   * Says whether another server may be asked.
   *
   * @param method an NSID, or {@value Permission#ANY} for a token that names none
   * @param audience the DID with the name of the service
   */
  public boolean allowsRpc(String method, String audience) {
    return allowsRpcByTransition(method)
        || any(Permission.Rpc.class, one -> one.allows(method, audience));
  }

  /** Says whether a method is allowed with some audience or other, as one answered here is. */
  public boolean allowsRpcSomewhere(String method) {
    return allowsRpcByTransition(method)
        || any(Permission.Rpc.class, one -> one.allowsSomewhere(method));
  }

  private boolean allowsRpcByTransition(String method) {
    return has(
        method.startsWith(CHAT) ? Permission.Transition.CHAT : Permission.Transition.GENERIC);
  }

  /** Says whether a file of a media type may be uploaded. */
  public boolean allowsBlob(String type) {
    return has(Permission.Transition.GENERIC)
        || any(Permission.Blob.class, one -> one.allows(type));
  }

  /** Says whether a part of the account may be seen or changed. */
  public boolean allowsAccount(Permission.Part part, Permission.Access access) {
    boolean byTransition =
        part == Permission.Part.EMAIL
            && access == Permission.Access.READ
            && has(Permission.Transition.EMAIL);
    return byTransition || any(Permission.AccountPart.class, one -> one.allows(part, access));
  }

  /**
   * Says whether the identity may be changed.
   *
   * @param attr {@code handle} or {@value Permission#ANY}
   */
  public boolean allowsIdentity(String attr) {
    return any(Permission.Identity.class, one -> one.allows(attr));
  }

  private boolean has(Permission permission) {
    return all.contains(permission);
  }

  private <P extends Permission> boolean any(Class<P> type, Predicate<P> test) {
    return of(type).anyMatch(test);
  }

  /** Returns those of one type. */
  public <P extends Permission> Stream<P> of(Class<P> type) {
    return all.stream().filter(type::isInstance).map(type::cast);
  }
}
