package tripod.server.translate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.Graphemes;
import tripod.podstore.social.HtmlPost;
import tripod.podstore.social.LongText;
import tripod.podstore.social.Social;

/** Names what a form cannot say, by the rule that decides it and the property that stays behind. */
final class Losses {
  private static final int TEXT_GRAPHEMES_MAX = 300;
  private static final int TEXT_BYTES_MAX = 3000;
  private static final Set<String> SAID =
      Set.of(
          "$type",
          "text",
          "facets",
          "langs",
          "createdAt",
          "reply",
          "embed",
          "labels",
          "tags",
          "subject",
          "displayName",
          "description",
          "avatar",
          "banner",
          "website",
          "pronouns",
          "pinnedPost",
          "title",
          "subtitle",
          "site",
          "path",
          "textContent",
          "publishedAt",
          "updatedAt",
          "bskyPostRef",
          "visibility",
          "isDraft",
          "name",
          "purpose",
          "startsAt",
          "endsAt",
          "status",
          "mode",
          "locations",
          "uris",
          "post",
          "allow",
          "list");

  private Losses() {}

  /** Names what ActivityStreams does not show of a record. */
  static ArrayNode fromRecord(Social social, DagFields record) {
    ArrayNode losses = JsonNodeFactory.instance.arrayNode();
    if (social instanceof Social.Unknown) {
      add(losses, "ATD-12", record.type().orElse("$type"));
      return losses;
    }
    record.keys().stream()
        .filter(key -> !SAID.contains(key))
        .forEach(key -> add(losses, key.equals("via") ? "LIK-3" : "LENS-2", key));
    if (social instanceof Social.Post post && post.languages().size() > 1) {
      add(losses, "LANG-1", "langs");
    }
    return losses;
  }

  /** Names what a record does not hold of what was written at another door. */
  static ArrayNode toRecord(Optional<Social> social, boolean hasRecord) {
    ArrayNode losses = JsonNodeFactory.instance.arrayNode();
    if (!hasRecord || social.isEmpty()) {
      return losses;
    }
    switch (social.get()) {
      case Social.Post post -> {
        if (HtmlPost.isRich(post)) {
          add(losses, "TXT-11", "content");
        }
        if (!Graphemes.fits(post.text(), TEXT_GRAPHEMES_MAX, TEXT_BYTES_MAX)) {
          add(losses, "TXT-12", "content");
        }
        if (!post.translations().isEmpty()) {
          add(losses, "LANG-2", "contentMap");
        }
      }
      case Social.Like like -> like.reaction().ifPresent(emoji -> add(losses, "LIK-4", "content"));
      case Social.Profile profile -> {
        if (!profile.fields().isEmpty()) {
          add(losses, "PRO-4", "attachment");
        }
      }
      case Social.Article article -> {
        if (article.html().isPresent()) {
          add(losses, "ART-2", "content");
        }
      }
      case Social.Event event -> {
        if (event
            .html()
            .filter(html -> !LongText.html(LongText.plain(html)).equals(html))
            .isPresent()) {
          add(losses, "EVT-1", "content");
        }
      }
      case Social.PeopleList list -> {
        if (list.members().stream().anyMatch(member -> member.did().isEmpty())) {
          add(losses, "LST-1", "items");
        }
      }
      case Social.Rsvp rsvp -> {}
      case Social.ThreadGate gate -> {}
      case Social.ListMember member -> {}
      case Social.Repost repost -> {}
      case Social.Follow follow -> {}
      case Social.Block block -> {}
      case Social.Unknown unknown -> {}
    }
    return losses;
  }

  private static void add(ArrayNode losses, String rule, String property) {
    losses.addObject().put("rule", rule).put("property", property);
  }
}
