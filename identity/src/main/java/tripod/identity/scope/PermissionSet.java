package tripod.identity.scope;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tripod.syntax.Nsid;

/**
 * A set of permissions that somebody published under one name.
 *
 * @param name its NSID
 * @param title what it is for, in a few words, if it says so
 * @param detail the same in a sentence
 * @param titles the title in other languages, by lower-cased tag
 * @param details the detail in other languages, by lower-cased tag
 * @param entries what is in it, only entries that keep the rules
 */
public record PermissionSet(
    Nsid name,
    Optional<String> title,
    Optional<String> detail,
    Map<String, String> titles,
    Map<String, String> details,
    List<Entry> entries) {
  private static final int ENTRIES_MAX = 200;
  private static final int LANGUAGES_MAX = 200;

  public PermissionSet {
    titles = Map.copyOf(titles);
    details = Map.copyOf(details);
    entries = List.copyOf(entries);
  }

  /**
   * Returns this set with its words in a language, where it has them: those of the very tag, or of
   * the language without its region.
   *
   * @param tag a language tag such as {@code pt-BR}
   */
  public PermissionSet in(String tag) {
    return new PermissionSet(
        name,
        said(titles, tag).or(() -> title),
        said(details, tag).or(() -> detail),
        titles,
        details,
        entries);
  }

  private static Optional<String> said(Map<String, String> words, String tag) {
    String lower = tag.toLowerCase(Locale.ROOT);
    int hyphen = lower.indexOf('-');
    return Optional.ofNullable(words.get(lower))
        .or(
            () ->
                hyphen < 0
                    ? Optional.empty()
                    : Optional.ofNullable(words.get(lower.substring(0, hyphen))));
  }

  /**
   * One entry.
   *
   * @param permission what it allows; the audience of one that inherits is {@value Permission#ANY}
   *     until it is expanded
   * @param inheritsAudience whether the audience is that of the {@code include:} scope
   */
  public record Entry(Permission permission, boolean inheritsAudience) {}

  /**
   * Reads the main definition of a lexicon; empty when it is of another type. Entries that reach
   * beyond the set's own group of names are left out, as the specification asks.
   *
   * @param name the lexicon's NSID
   * @param main its definition {@code main}
   */
  public static Optional<PermissionSet> parse(Nsid name, JsonNode main) {
    if (!main.path("type").asText("").equals("permission-set")) {
      return Optional.empty();
    }
    List<Entry> entries = new ArrayList<>();
    for (JsonNode one : main.path("permissions")) {
      if (entries.size() < ENTRIES_MAX) {
        entry(name.authority() + ".", one).ifPresent(entries::add);
      }
    }
    return Optional.of(
        new PermissionSet(
            name,
            text(main, "title"),
            text(main, "detail"),
            words(main, "title:lang"),
            words(main, "detail:lang"),
            entries));
  }

  private static Map<String, String> words(JsonNode node, String field) {
    Map<String, String> words = new HashMap<>();
    for (Map.Entry<String, JsonNode> one : node.path(field).properties()) {
      String text = one.getValue().textValue();
      if (text != null && !text.isBlank() && words.size() < LANGUAGES_MAX) {
        words.put(one.getKey().toLowerCase(Locale.ROOT), text);
      }
    }
    return words;
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue()).filter(text -> !text.isBlank());
  }

  private static Optional<Entry> entry(String group, JsonNode one) {
    return switch (one.path("resource").asText("")) {
      case "repo" -> repo(group, one);
      case "rpc" -> rpc(group, one);
      default -> Optional.empty();
    };
  }

  private static Optional<Entry> repo(String group, JsonNode one) {
    Set<String> collections = names(group, one.path("collection"));
    Set<String> words = new LinkedHashSet<>();
    one.path("action").forEach(word -> words.add(word.asText("")));
    Set<Permission.Action> actions =
        Set.of(Permission.Action.values()).stream()
            .filter(action -> words.isEmpty() || words.contains(action.toString()))
            .collect(Collectors.toSet());
    return collections.isEmpty() || actions.isEmpty()
        ? Optional.empty()
        : Optional.of(new Entry(new Permission.Repo(collections, actions), false));
  }

  private static Optional<Entry> rpc(String group, JsonNode one) {
    Set<String> methods = names(group, one.path("lxm"));
    boolean inherits = one.path("inheritAud").asBoolean(false);
    boolean anywhere = one.path("aud").asText("").equals(Permission.ANY);
    return methods.isEmpty() || inherits == anywhere
        ? Optional.empty()
        : Optional.of(new Entry(new Permission.Rpc(methods, Permission.ANY), inherits));
  }

  private static Set<String> names(String group, JsonNode list) {
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode one : list) {
      String name = one.asText("");
      if (!Nsid.isValid(name) || !name.startsWith(group)) {
        return Set.of();
      }
      names.add(name);
    }
    return names;
  }

  /** Returns what an {@code include:} scope of this set stands for. */
  public List<Permission> expand(Permission.Include include) {
    List<Permission> expanded = new ArrayList<>();
    for (Entry entry : entries) {
      if (!entry.inheritsAudience()) {
        expanded.add(entry.permission());
      } else if (entry.permission() instanceof Permission.Rpc rpc) {
        include
            .audience()
            .ifPresent(audience -> expanded.add(new Permission.Rpc(rpc.methods(), audience)));
      }
    }
    return expanded;
  }
}
