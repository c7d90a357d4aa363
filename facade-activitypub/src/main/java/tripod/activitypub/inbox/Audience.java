package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.Terms;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.syntax.PodId;

/** Finds the members whom something concerns that came to the shared inbox. */
final class Audience {
  /** Most names that are looked at in one activity. */
  private static final int NAMES_MAX = 500;

  private final Accounts accounts;
  private final Acquaintance acquaintance;

  Audience(Accounts accounts, Acquaintance acquaintance) {
    this.accounts = accounts;
    this.acquaintance = acquaintance;
  }

  List<Account> of(Activity activity) {
    Map<PodId, Account> members = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    names(activity.head().raw(), names);
    for (JsonNode object : Terms.each(activity.head().raw().get("object"))) {
      Terms.reference(object).ifPresent(names::add);
      if (object instanceof ObjectNode inner) {
        names(inner, names);
      }
    }
    for (String name : names.size() > NAMES_MAX ? names.subList(0, NAMES_MAX) : names) {
      member(name).ifPresent(account -> members.put(account.pod(), account));
    }
    for (PodId pod : acquaintance.pods(activity.actor())) {
      accounts.byPod(pod).ifPresent(account -> members.put(pod, account));
    }
    return members.values().stream().filter(Account::isActive).toList();
  }

  private static void names(ObjectNode document, List<String> names) {
    for (String member :
        List.of("to", "cc", "audience", "object", "inReplyTo", "target", "actor")) {
      names.addAll(Terms.references(document, member));
    }
    for (JsonNode tag : Terms.each(document.get("tag"))) {
      if (tag instanceof ObjectNode mention && Terms.type(mention).equals("Mention")) {
        Terms.text(mention, "href").ifPresent(names::add);
      }
    }
  }

  private Optional<Account> member(String iri) {
    try {
      String host = URI.create(iri).getHost();
      return host == null ? Optional.empty() : accounts.byHost(host.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // no address, so nobody's
    }
  }
}
