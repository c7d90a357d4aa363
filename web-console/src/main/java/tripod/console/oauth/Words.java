package tripod.console.oauth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tripod.identity.oauth.Asking.Asked;
import tripod.identity.oauth.Dialect;
import tripod.identity.scope.Permission;
import tripod.identity.scope.PermissionSet;

/** Says in plain words what a scope allows. Pure. */
final class Words {
  /** The language of these pages. */
  private static final String LANGUAGE = "en";

  private static final Map<String, String> COLLECTIONS =
      Map.of(
          "app.bsky.feed.post", "posts",
          "app.bsky.feed.like", "likes",
          "app.bsky.feed.repost", "reposts",
          "app.bsky.graph.follow", "follows",
          "app.bsky.graph.block", "blocks",
          "app.bsky.actor.profile", "your profile",
          "app.bsky.graph.list", "lists",
          "app.bsky.feed.generator", "feeds");

  private static final Map<String, Line> OTHERS =
      Map.of(
          "openid", new Line("Know who you are", List.of("Your WebID and your DID.")),
          "webid",
              new Line(
                  "Act as you at Solid servers",
                  List.of(
                      "It reads and changes what you may read and change, in your own pod and in"
                          + " those of others, as their access lists say.")),
          "profile", new Line("See your profile", List.of("Your name and picture.")),
          "offline_access", new Line("Stay signed in until you revoke it", List.of()),
          "read", new Line("Read in your name", List.of("Your posts, inbox, lists and follows.")),
          "write",
              new Line(
                  "Write in your name",
                  List.of("Write, change and delete posts, on all networks where you publish.")),
          "follow", new Line("Change whom you follow, mute and block", List.of()),
          "push", new Line("Send you notices", List.of()));

  private Words() {}

  /**
   * What one scope comes to.
   *
   * @param title in a few words
   * @param details more, one sentence each
   */
  record Line(String title, List<String> details) {}

  static Line of(Dialect dialect, Asked asked) {
    if (asked.permission().isPresent()) {
      return of(asked, asked.permission().get());
    }
    String scope = asked.scope();
    int colon = scope.indexOf(':');
    if (dialect == Dialect.MASTODON && colon > 0) {
      Line whole = OTHERS.getOrDefault(scope.substring(0, colon), new Line(scope, List.of()));
      return new Line(whole.title() + ": " + scope.substring(colon + 1), List.of());
    }
    return OTHERS.getOrDefault(scope, new Line(scope, List.of()));
  }

  private static Line of(Asked asked, Permission permission) {
    return switch (permission) {
      case Permission.Transition whole -> of(whole);
      case Permission.Repo repo -> of(repo);
      case Permission.Rpc rpc -> of(rpc);
      case Permission.Blob blob ->
          new Line("Upload files", List.of("Of type " + joined(blob.accept(), "or") + "."));
      case Permission.AccountPart part -> of(part);
      case Permission.Identity identity ->
          identity.attr().equals("handle")
              ? new Line("Change your handle", List.of())
              : new Line(
                  "Change your identity",
                  List.of(
                      "Your handle, your keys and the host you live at. Whoever may do this can"
                          + " take your identity elsewhere."));
      case Permission.Include include -> of(asked, include);
    };
  }

  private static Line of(Permission.Transition whole) {
    return switch (whole) {
      case ATPROTO ->
          new Line(
              "Know who you are",
              List.of(
                  "Your handle, and the name behind it that stays when the handle changes (DID)."));
      case GENERIC ->
          new Line(
              "Do nearly everything with your account",
              List.of(
                  "Write, change and delete records of every kind, on all networks where you"
                      + " publish.",
                  "Upload files, see and change your preferences, and ask other services in your"
                      + " name.",
                  "Not: your messages, password, mail address or handle."));
      case CHAT -> new Line("Read and send your direct messages", List.of());
      case EMAIL -> new Line("See your mail address", List.of());
    };
  }

  private static Line of(Permission.Repo repo) {
    String verbs =
        joined(
            Arrays.stream(Permission.Action.values())
                .filter(repo.actions()::contains)
                .map(action -> action == Permission.Action.UPDATE ? "change" : action.toString())
                .toList(),
            "and");
    String title = Character.toUpperCase(verbs.charAt(0)) + verbs.substring(1);
    List<String> details = new ArrayList<>();
    if (repo.collections().contains(Permission.ANY)) {
      title += " records of every kind";
      details.add("On all networks where you publish.");
      return new Line(title, details);
    }
    List<String> named = repo.collections().stream().map(Words::collection).toList();
    title += " " + joined(named, "and");
    details.add(String.join(", ", repo.collections()));
    if (repo.collections().stream().anyMatch(one -> one.startsWith("app.bsky."))) {
      details.add("This reaches all networks where you publish.");
    }
    return new Line(title, details);
  }

  private static String collection(String nsid) {
    return COLLECTIONS.getOrDefault(nsid, nsid);
  }

  private static Line of(Permission.Rpc rpc) {
    String whom = rpc.audience().equals(Permission.ANY) ? "any service" : rpc.audience();
    return rpc.methods().contains(Permission.ANY)
        ? new Line("Ask " + whom + " anything in your name", List.of())
        : new Line("Ask " + whom + " in your name", List.of(String.join(", ", rpc.methods())));
  }

  private static Line of(Permission.AccountPart part) {
    boolean manages = part.access() == Permission.Access.MANAGE;
    return switch (part.part()) {
      case EMAIL ->
          new Line(
              manages ? "See and confirm your mail address" : "See your mail address", List.of());
      case REPO ->
          manages
              ? new Line(
                  "Replace everything in your repository",
                  List.of("By importing another; records that are not in it are deleted."))
              : new Line("See the state of your repository", List.of());
      case STATUS ->
          new Line(
              manages ? "Put your account to sleep" : "See whether your account is active",
              List.of());
    };
  }

  private static Line of(Asked asked, Permission.Include include) {
    List<String> details = new ArrayList<>();
    if (asked.set().isEmpty()) {
      return new Line("A set of rights: " + include.set(), List.of("It cannot be read now."));
    }
    PermissionSet set = asked.set().get().in(LANGUAGE);
    set.detail().ifPresent(details::add);
    for (Permission one : set.expand(include)) {
      Line line =
          of(
              new Asked(
                  one.toString(), false, java.util.Optional.of(one), java.util.Optional.empty()),
              one);
      details.add(line.title() + ".");
    }
    return new Line(
        set.title().orElse(include.set().value()) + " (" + include.set() + ")", details);
  }

  private static String joined(java.util.Collection<String> words, String last) {
    List<String> list = List.copyOf(words);
    if (list.size() == 1) {
      return list.getFirst();
    }
    return list.stream().limit(list.size() - 1L).collect(Collectors.joining(", "))
        + " "
        + last
        + " "
        + list.getLast();
  }

  /** Says what no grant of a dialect allows. */
  static List<String> never(Dialect dialect) {
    return switch (dialect) {
      case ATPROTO -> List.of("It does not get your password, and cannot delete your account.");
      case SOLID ->
          List.of(
              "It does not get your password. A post that it writes into your pod appears on all"
                  + " networks where you publish.");
      case MASTODON -> List.of("It does not get your password, and cannot use your Solid files.");
    };
  }
}
