package tripod.identity.scope;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * One scope that was understood. Its text form parses to an equal value.
 *
 * @see <a href="https://atproto.com/specs/permission">AT Protocol: permissions</a>
 */
public sealed interface Permission {
  /** Stands for every collection, method or audience. */
  String ANY = "*";

  /** Understands a scope; empty when it is none of these, and then it is to be ignored. */
  static Optional<Permission> parse(String scope) {
    for (Transition transition : Transition.values()) {
      if (transition.toString().equals(scope)) {
        return Optional.of(transition);
      }
    }
    return ScopeText.parse(scope).flatMap(Permission::of);
  }

  private static Optional<Permission> of(ScopeText text) {
    return switch (text.resource()) {
      case "repo" -> Repo.of(text);
      case "rpc" -> Rpc.of(text);
      case "blob" -> Blob.of(text);
      case "account" -> AccountPart.of(text);
      case "identity" -> Identity.of(text);
      case "include" -> Include.of(text);
      default -> Optional.empty();
    };
  }

  /** What may be done to a record. */
  enum Action {
    /** Make one. */
    CREATE,
    /** Change one. */
    UPDATE,
    /** Remove one. */
    DELETE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What may be done with a part of the account. */
  enum Access {
    /** See it. */
    READ,
    /** Change it, and see it. */
    MANAGE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Parts of an account. */
  enum Part {
    /** The mail address. */
    EMAIL,
    /** The repository as a whole. */
    REPO,
    /** Whether the account is active. */
    STATUS;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Scopes that stand alone: the one all must have, and those from before there was a grammar. */
  enum Transition implements Permission {
    /** Knowing who it is. */
    ATPROTO("atproto"),
    /** All an app password may. */
    GENERIC("transition:generic"),
    /** Messages as well. */
    CHAT("transition:chat.bsky"),
    /** The mail address. */
    EMAIL("transition:email");

    private final String text;

    Transition(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Writing records.
   *
   * @param collections NSIDs, or {@value Permission#ANY}
   * @param actions what may be done
   */
  record Repo(Set<String> collections, Set<Action> actions) implements Permission {
    public Repo {
      collections = sorted(collections);
      actions = Set.copyOf(actions);
    }

    private static Optional<Permission> of(ScopeText text) {
      List<String> collections = text.values("collection");
      List<String> actions = text.params().getOrDefault("action", List.of());
      Optional<Set<Action>> parsed = words(Action.values(), actions);
      if (!text.hasOnly("collection", "action")
          || collections.isEmpty()
          || !collections.stream().allMatch(one -> one.equals(ANY) || Nsid.isValid(one))
          || parsed.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Repo(
              Set.copyOf(collections), actions.isEmpty() ? Set.of(Action.values()) : parsed.get()));
    }

    /** Says whether it allows something. */
    public boolean allows(Nsid collection, Action action) {
      return actions.contains(action)
          && (collections.contains(ANY) || collections.contains(collection.value()));
    }

    @Override
    public String toString() {
      String text = spelled("repo", "collection", collections);
      if (actions.size() == Action.values().length) {
        return text;
      }
      return Arrays.stream(Action.values())
          .filter(actions::contains)
          .map(action -> "action=" + action)
          .collect(Collectors.joining("&", text + (text.indexOf('?') < 0 ? "?" : "&"), ""));
    }
  }

  /**
   * Asking other servers in the member's name.
   *
   * @param methods NSIDs, or {@value Permission#ANY}
   * @param audience a DID with the name of a service, or {@value Permission#ANY}
   */
  record Rpc(Set<String> methods, String audience) implements Permission {
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9._~-]+");

    public Rpc {
      methods = sorted(methods);
    }

    private static Optional<Permission> of(ScopeText text) {
      List<String> methods = text.values("lxm");
      List<String> audiences = text.params().getOrDefault("aud", List.of());
      if (!text.hasOnly("lxm", "aud")
          || methods.isEmpty()
          || audiences.size() != 1
          || !methods.stream().allMatch(one -> one.equals(ANY) || Nsid.isValid(one))) {
        return Optional.empty();
      }
      String audience = audiences.getFirst();
      boolean known = audience.equals(ANY) ? !methods.contains(ANY) : isService(audience);
      return known ? Optional.of(new Rpc(Set.copyOf(methods), audience)) : Optional.empty();
    }

    /** Says whether a text is a DID with the name of a service. */
    static boolean isService(String text) {
      int hash = text.indexOf('#');
      return hash > 0
          && Did.isValid(text.substring(0, hash))
          && SERVICE.matcher(text.substring(hash + 1)).matches();
    }

    /** Says whether it allows something. */
    public boolean allows(String method, String wanted) {
      return (audience.equals(ANY) || audience.equals(wanted)) && allowsSomewhere(method);
    }

    /** Says whether it allows a method with some audience or other. */
    public boolean allowsSomewhere(String method) {
      return methods.contains(ANY) || methods.contains(method);
    }

    @Override
    public String toString() {
      String text = spelled("rpc", "lxm", methods);
      return text + (text.indexOf('?') < 0 ? "?" : "&") + "aud=" + ScopeText.encoded(audience);
    }
  }

  /**
   * Uploading files.
   *
   * @param accept media types: exact, {@code image/*} or {@code *}{@code /*}
   */
  record Blob(Set<String> accept) implements Permission {
    private static final Pattern ONE = Pattern.compile("[^/*\\s;,]+/(\\*|[^/*\\s;,]+)|\\*/\\*");

    public Blob {
      accept = sorted(accept);
    }

    private static Optional<Permission> of(ScopeText text) {
      List<String> accept = text.values("accept");
      boolean good =
          text.hasOnly("accept")
              && !accept.isEmpty()
              && accept.stream().allMatch(type -> ONE.matcher(type).matches());
      return good ? Optional.of(new Blob(Set.copyOf(accept))) : Optional.empty();
    }

    /** Says whether it allows a media type. */
    public boolean allows(String type) {
      String wanted = type.toLowerCase(Locale.ROOT);
      return accept.stream()
          .anyMatch(
              one ->
                  one.equals("*/*")
                      || (one.endsWith("/*")
                          ? wanted.startsWith(
                              one.substring(0, one.length() - 1).toLowerCase(Locale.ROOT))
                          : one.equalsIgnoreCase(wanted)));
    }

    @Override
    public String toString() {
      return spelled("blob", "accept", accept);
    }
  }

  /**
   * A part of the account.
   *
   * @param part which
   * @param access how
   */
  record AccountPart(Part part, Access access) implements Permission {
    private static Optional<Permission> of(ScopeText text) {
      List<String> attr = text.values("attr");
      List<String> action = text.params().getOrDefault("action", List.of());
      Optional<Set<Part>> parts = words(Part.values(), attr);
      Optional<Set<Access>> accesses = words(Access.values(), action);
      if (!text.hasOnly("attr", "action")
          || attr.size() != 1
          || action.size() > 1
          || parts.isEmpty()
          || accesses.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new AccountPart(
              parts.get().iterator().next(),
              accesses.get().stream().findFirst().orElse(Access.READ)));
    }

    /** Says whether it allows something; who may change may see. */
    public boolean allows(Part wanted, Access how) {
      return part == wanted && (access == how || access == Access.MANAGE);
    }

    @Override
    public String toString() {
      return "account:" + part + (access == Access.READ ? "" : "?action=" + access);
    }
  }

  /**
   * The identity.
   *
   * @param attr {@code handle} or {@value Permission#ANY}
   */
  record Identity(String attr) implements Permission {
    private static Optional<Permission> of(ScopeText text) {
      List<String> attr = text.values("attr");
      boolean good =
          text.hasOnly("attr")
              && attr.size() == 1
              && (attr.getFirst().equals(ANY) || attr.getFirst().equals("handle"));
      return good ? Optional.of(new Identity(attr.getFirst())) : Optional.empty();
    }

    /** Says whether it allows something. */
    public boolean allows(String wanted) {
      return attr.equals(ANY) || attr.equals(wanted);
    }

    @Override
    public String toString() {
      return "identity:" + attr;
    }
  }

  /**
   * A permission set that somebody published; it stands for what is in it.
   *
   * @param set its name
   * @param audience the audience of those of its methods that inherit one
   */
  record Include(Nsid set, Optional<String> audience) implements Permission {
    private static Optional<Permission> of(ScopeText text) {
      List<String> set = text.values("nsid");
      List<String> audience = text.params().getOrDefault("aud", List.of());
      boolean good =
          text.hasOnly("nsid", "aud")
              && set.size() == 1
              && Nsid.isValid(set.getFirst())
              && audience.size() <= 1
              && audience.stream().allMatch(Rpc::isService);
      return good
          ? Optional.of(new Include(new Nsid(set.getFirst()), audience.stream().findFirst()))
          : Optional.empty();
    }

    @Override
    public String toString() {
      return "include:"
          + set
          + audience.map(known -> "?aud=" + ScopeText.encoded(known)).orElse("");
    }
  }

  /** Understands words; empty when one of them is none. */
  private static <E extends Enum<E>> Optional<Set<E>> words(E[] all, List<String> words) {
    Set<E> found = new LinkedHashSet<>();
    for (E one : all) {
      if (words.contains(one.toString())) {
        found.add(one);
      }
    }
    Set<String> known = found.stream().map(Enum::toString).collect(Collectors.toSet());
    return known.containsAll(words) ? Optional.of(found) : Optional.empty();
  }

  private static Set<String> sorted(Set<String> texts) {
    return java.util.Collections.unmodifiableSet(new TreeSet<>(texts));
  }

  private static String spelled(String resource, String name, Set<String> values) {
    return values.size() == 1
        ? resource + ":" + ScopeText.encoded(values.iterator().next())
        : values.stream()
            .map(value -> name + "=" + ScopeText.encoded(value))
            .collect(Collectors.joining("&", resource + "?", ""));
  }
}
