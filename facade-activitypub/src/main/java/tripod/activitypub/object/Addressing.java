package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.podstore.social.Audience;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/**
 * Who something is addressed to, merged from an activity and its object.
 *
 * @param to shown first
 * @param cc shown second
 * @param blind not shown
 */
public record Addressing(List<String> to, List<String> cc, List<String> blind) {
  public Addressing {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    blind = List.copyOf(blind);
  }

  /** Most recipients that one document names. */
  public static final int RECIPIENTS_MAX = 1_000;

  /** Reads and merges the addressing of several documents; unreadable entries are left out. */
  public static Addressing of(ObjectNode... documents) {
    Set<String> to = new LinkedHashSet<>();
    Set<String> cc = new LinkedHashSet<>();
    Set<String> blind = new LinkedHashSet<>();
    for (ObjectNode document : documents) {
      add(document, "to", to);
      add(document, "cc", cc);
      add(document, "audience", cc);
      add(document, "bto", blind);
      add(document, "bcc", blind);
    }
    cc.removeAll(to);
    return new Addressing(List.copyOf(to), List.copyOf(cc), List.copyOf(blind));
  }

  private static void add(ObjectNode document, String name, Set<String> into) {
    for (String iri : Terms.references(document, name)) {
      if (As2.isPublic(iri)) {
        into.add(As2.PUBLIC);
      } else if (ActorIri.isValid(iri)) {
        into.add(iri);
      }
    }
  }

  /** Returns the widest class that is addressed. */
  public Audience audience(PodNames names) {
    if (to.contains(As2.PUBLIC)) {
      return Audience.PUBLIC;
    }
    if (cc.contains(As2.PUBLIC)) {
      return Audience.UNLISTED;
    }
    if (hasFollowers(names)) {
      return Audience.FOLLOWERS;
    }
    return to.isEmpty() && cc.isEmpty() && blind.isEmpty() ? Audience.OWNER : Audience.DIRECT;
  }

  /** Says whether the member's followers are addressed. */
  public boolean hasFollowers(PodNames names) {
    String followers = names.actor() + "/followers";
    return to.contains(followers) || cc.contains(followers);
  }

  /** Returns the actors that are named, blind ones among them. */
  public List<String> actors(PodNames names) {
    List<String> actors = new ArrayList<>();
    for (List<String> part : List.of(to, cc, blind)) {
      for (String iri : part) {
        if (!iri.equals(As2.PUBLIC) && !iri.startsWith(names.actor().value())) {
          actors.add(iri);
        }
      }
    }
    return actors;
  }

  /** Writes what is shown of it into a document. */
  public void write(ObjectNode document) {
    for (String name : List.of("to", "cc", "bto", "bcc", "audience")) {
      document.remove(name);
    }
    ArrayNode first = document.putArray("to");
    to.forEach(first::add);
    ArrayNode second = document.putArray("cc");
    cc.forEach(second::add);
  }
}
