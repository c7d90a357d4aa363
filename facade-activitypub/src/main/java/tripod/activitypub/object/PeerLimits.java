package tripod.activitypub.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import tripod.activitypub.activity.Terms;

/**
 * How much of an object of another server is kept (SEC-39). What is more is cut, and what was cut
 * is said. Pure.
 */
final class PeerLimits {
  /** Most tags. */
  static final int TAGS_MAX = 128;

  /** Most of the tags that are mentions. */
  static final int MENTIONS_MAX = 64;

  /** Most attachments. */
  static final int ATTACHMENTS_MAX = 16;

  /** Most options of a poll. */
  static final int OPTIONS_MAX = 100;

  /** Most addresses that an object names as its own. */
  static final int LINKS_MAX = 64;

  /** Longest description of an attachment, in characters. */
  static final int ALT_CHARS_MAX = 10_000;

  /** Longest name of anything else, in characters. */
  static final int NAME_CHARS_MAX = 500;

  private final List<String> cuts = new ArrayList<>();

  private PeerLimits() {}

  /**
   * Cuts a document where it has too much.
   *
   * @param document changed in place
   * @return what was cut, a few words each; empty when nothing was
   */
  static List<String> cut(ObjectNode document) {
    var limits = new PeerLimits();
    limits.mentions(document);
    limits.items(document, "tag", TAGS_MAX);
    limits.items(document, "attachment", ATTACHMENTS_MAX);
    limits.items(document, "oneOf", OPTIONS_MAX);
    limits.items(document, "anyOf", OPTIONS_MAX);
    limits.items(document, "url", LINKS_MAX);
    limits.text(document, "name", NAME_CHARS_MAX);
    for (String list : List.of("tag", "oneOf", "anyOf")) {
      limits.names(document.get(list), List.of("name"), NAME_CHARS_MAX);
    }
    limits.names(document.get("attachment"), List.of("name", "summary"), ALT_CHARS_MAX);
    return limits.cuts;
  }

  private void mentions(ObjectNode document) {
    if (!(document.get("tag") instanceof ArrayNode tags) || tags.size() <= MENTIONS_MAX) {
      return;
    }
    int mentions = 0;
    int before = tags.size();
    for (int i = 0; i < tags.size(); ) {
      boolean isMention =
          tags.get(i) instanceof ObjectNode tag && Terms.types(tag).contains("Mention");
      if (isMention && ++mentions > MENTIONS_MAX) {
        tags.remove(i);
      } else {
        i++;
      }
    }
    if (tags.size() < before) {
      cuts.add("mentions " + mentions + " to " + MENTIONS_MAX);
    }
  }

  private void items(ObjectNode document, String name, int most) {
    if (document.get(name) instanceof ArrayNode items && items.size() > most) {
      cuts.add(name + " " + items.size() + " to " + most);
      while (items.size() > most) {
        items.remove(items.size() - 1);
      }
    }
  }

  private void names(
      @org.jspecify.annotations.Nullable JsonNode items, List<String> names, int most) {
    if (items instanceof ObjectNode one) {
      names.forEach(name -> text(one, name, most));
    } else if (items instanceof ArrayNode many) {
      for (JsonNode item : many) {
        if (item instanceof ObjectNode one) {
          names.forEach(name -> text(one, name, most));
        }
      }
    }
  }

  private void text(ObjectNode document, String name, int most) {
    JsonNode value = document.get(name);
    if (value == null || !value.isTextual() || value.textValue().length() <= most) {
      return;
    }
    String text = value.textValue();
    int characters = text.codePointCount(0, text.length());
    if (characters > most) {
      document.put(name, text.substring(0, text.offsetByCodePoints(0, most)));
      cuts.add(name + " of " + characters + " characters to " + most);
    }
  }
}
