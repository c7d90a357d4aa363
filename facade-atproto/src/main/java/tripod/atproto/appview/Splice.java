package tripod.atproto.appview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts what a member wrote into one kind of answer (atproto.md 1.3). */
@FunctionalInterface
public interface Splice {
  /**
   * Changes an answer in place.
   *
   * @param answer what the AppView said
   * @param local what the member wrote that it has not seen
   * @param views shows it
   * @throws IllegalArgumentException when the answer has another shape than the method's
   */
  void into(ObjectNode answer, LocalRecords local, LocalViews views);

  /** Into {@code app.bsky.actor.getProfile}. */
  static void profile(ObjectNode answer, LocalRecords local, LocalViews views) {
    if (isOwn(answer, views)) {
      local.profile().ifPresent(card -> views.updateDetailed(answer, card.value()));
    }
  }

  /** Into {@code app.bsky.actor.getProfiles}. */
  static void profiles(ObjectNode answer, LocalRecords local, LocalViews views) {
    for (JsonNode one : list(answer, "profiles")) {
      profile(object(one), local, views);
    }
  }

  /** Into {@code app.bsky.feed.getTimeline}. */
  static void timeline(ObjectNode answer, LocalRecords local, LocalViews views) {
    insert(list(answer, "feed"), local.posts(), views);
  }

  /** Into {@code app.bsky.feed.getAuthorFeed}, where the feed is the member's own. */
  static void authorFeed(ObjectNode answer, LocalRecords local, LocalViews views) {
    ArrayNode feed = list(answer, "feed");
    if (isOwnFeed(feed, views)) {
      cards(feed, local, views);
      insert(feed, local.posts(), views);
    }
  }

  /** Into {@code app.bsky.feed.getActorLikes}. */
  static void likes(ObjectNode answer, LocalRecords local, LocalViews views) {
    cards(list(answer, "feed"), local, views);
  }

  /** Into {@code app.bsky.feed.getPostThread}. */
  static void thread(ObjectNode answer, LocalRecords local, LocalViews views) {
    if (answer.path("thread") instanceof ObjectNode thread && isThread(thread)) {
      reply(thread, local.posts(), views);
    }
  }

  /**
   * Builds the thread of a post that the AppView has not seen.
   *
   * @param uri the post
   * @param parents shows the thread of the post that it answers
   * @return empty when it is none of the new ones
   */
  static Optional<ObjectNode> newThread(
      String uri, LocalRecords local, LocalViews views, Quotes parents) {
    Optional<LocalRecord> found =
        local.posts().stream().filter(post -> post.uri().equals(uri)).findFirst();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<LocalRecord> rest = new ArrayList<>(local.posts());
    rest.remove(found.get());
    ObjectNode thread = threadOf(found.get(), views);
    reply(thread, rest, views);
    String parent = parent(found.get().value());
    if (!parent.isEmpty()) {
      parents.view(parent).ifPresent(above -> thread.set("parent", above));
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("thread", thread);
    return Optional.of(answer);
  }

  private static void insert(ArrayNode feed, List<LocalRecord> posts, LocalViews views) {
    Instant last = feed.isEmpty() ? Instant.MIN : indexedAt(feed.get(feed.size() - 1));
    for (LocalRecord post : posts.reversed()) {
      if (!post.indexedAt().isAfter(last) || has(feed, post.uri())) {
        continue;
      }
      int at = 0;
      while (at < feed.size() && !indexedAt(feed.get(at)).isBefore(post.indexedAt())) {
        at++;
      }
      ObjectNode item = JsonNodeFactory.instance.objectNode();
      item.set("post", views.post(post));
      feed.insert(at, item);
    }
  }

  private static boolean has(ArrayNode feed, String uri) {
    for (JsonNode item : feed) {
      if (uri.equals(item.path("post").path("uri").textValue()) && !item.has("reason")) {
        return true;
      }
    }
    return false;
  }

  private static Instant indexedAt(JsonNode item) {
    String text = item.path("post").path("indexedAt").asText("");
    return Moments.parse(text)
        .orElseThrow(() -> new IllegalArgumentException("an item without indexedAt"));
  }

  private static boolean isOwnFeed(ArrayNode feed, LocalViews views) {
    if (feed.isEmpty()) {
      return false;
    }
    JsonNode first = feed.get(0);
    return first.path("reason").isObject()
        ? isOwn(first.path("reason").path("by"), views)
        : isOwn(first.path("post").path("author"), views);
  }

  private static void cards(ArrayNode feed, LocalRecords local, LocalViews views) {
    if (local.profile().isEmpty()) {
      return;
    }
    for (JsonNode item : feed) {
      if (item.path("post").path("author") instanceof ObjectNode author && isOwn(author, views)) {
        views.updateBasic(author, local.profile().get().value());
      }
    }
  }

  private static void reply(ObjectNode thread, List<LocalRecord> posts, LocalViews views) {
    String here = thread.path("post").path("uri").asText("");
    String root =
        thread.path("post").path("record").path("reply").path("root").path("uri").asText(here);
    for (LocalRecord post : posts) {
      String itsRoot = post.value().path("reply").path("root").path("uri").asText("");
      if (!itsRoot.isEmpty() && (itsRoot.equals(here) || itsRoot.equals(root))) {
        place(thread, post, views);
      }
    }
  }

  private static boolean place(ObjectNode thread, LocalRecord post, LocalViews views) {
    ArrayNode replies =
        thread.path("replies") instanceof ArrayNode known
            ? known
            : JsonNodeFactory.instance.arrayNode();
    if (parent(post.value()).equals(thread.path("post").path("uri").asText(""))) {
      for (JsonNode known : replies) {
        if (post.uri().equals(known.path("post").path("uri").textValue())) {
          return true;
        }
      }
      replies.insert(0, threadOf(post, views));
      thread.set("replies", replies);
      return true;
    }
    for (JsonNode one : replies) {
      if (one instanceof ObjectNode below && isThread(below) && place(below, post, views)) {
        return true;
      }
    }
    return false;
  }

  private static ObjectNode threadOf(LocalRecord post, LocalViews views) {
    ObjectNode thread = JsonNodeFactory.instance.objectNode();
    thread.put("$type", "app.bsky.feed.defs#threadViewPost");
    thread.set("post", views.post(post));
    return thread;
  }

  private static String parent(JsonNode record) {
    return record.path("reply").path("parent").path("uri").asText("");
  }

  private static boolean isThread(ObjectNode thread) {
    return thread.path("post").path("uri").isTextual();
  }

  private static boolean isOwn(JsonNode card, LocalViews views) {
    return views.did().value().equals(card.path("did").textValue());
  }

  private static ArrayNode list(ObjectNode answer, String field) {
    if (answer.path(field) instanceof ArrayNode list) {
      return list;
    }
    throw new IllegalArgumentException("an answer without the list " + field);
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("an entry that is no object");
  }
}
