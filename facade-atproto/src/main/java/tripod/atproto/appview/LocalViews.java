package tripod.atproto.appview;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * Shows a member's records as an AppView would, had it seen them.
 *
 * @param did whose records
 * @param handle their handle
 * @param profile their profile now, if there is one
 * @param pictures makes addresses of pictures
 * @param quotes shows what is quoted
 */
public record LocalViews(
    Did did, Handle handle, Optional<ObjectNode> profile, Pictures pictures, Quotes quotes) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String[] COUNTS = {"replyCount", "repostCount", "likeCount", "quoteCount"};
  private static final String TYPE = "$type";

  /** Replaces what an author's card says by the profile. */
  void updateBasic(ObjectNode view, ObjectNode card) {
    text(card, "displayName")
        .ifPresentOrElse(name -> view.put("displayName", name), () -> view.remove("displayName"));
    picture(view, "avatar", card, Pictures.Size.AVATAR);
  }

  /** Replaces what a profile's page says by the profile. */
  void updateDetailed(ObjectNode view, ObjectNode card) {
    updateBasic(view, card);
    text(card, "description")
        .ifPresentOrElse(text -> view.put("description", text), () -> view.remove("description"));
    picture(view, "banner", card, Pictures.Size.BANNER);
  }

  private void picture(ObjectNode view, String field, ObjectNode card, Pictures.Size size) {
    link(card.path(field))
        .ifPresentOrElse(
            cid -> view.put(field, pictures.address(size, did, cid)), () -> view.remove(field));
  }

  private ObjectNode author() {
    ObjectNode author = NODES.objectNode();
    author.put("did", did.value()).put("handle", handle.value());
    profile.ifPresent(card -> updateBasic(author, card));
    return author;
  }

  /** Shows a post that nobody has answered yet. */
  ObjectNode post(LocalRecord post) {
    ObjectNode view = NODES.objectNode();
    view.put(TYPE, "app.bsky.feed.defs#postView");
    view.put("uri", post.uri()).put("cid", post.cid().toString());
    view.set("author", author());
    view.set("record", post.value());
    for (String count : COUNTS) {
      view.put(count, 0);
    }
    embed(post.value().path("embed")).ifPresent(embed -> view.set("embed", embed));
    view.put("indexedAt", Moments.text(post.indexedAt()));
    return view;
  }

  /** Films are left out: only a service that has cut them can show them. */
  private Optional<ObjectNode> embed(JsonNode embed) {
    return switch (embed.path(TYPE).asText("")) {
      case "app.bsky.embed.images" -> Optional.of(images(embed));
      case "app.bsky.embed.external" -> Optional.of(external(embed.path("external")));
      case "app.bsky.embed.record" -> quote(embed.path("record"));
      case "app.bsky.embed.recordWithMedia" -> withMedia(embed);
      default -> Optional.empty();
    };
  }

  private ObjectNode images(JsonNode embed) {
    ObjectNode view = NODES.objectNode().put(TYPE, "app.bsky.embed.images#view");
    var images = view.putArray("images");
    for (JsonNode image : embed.path("images")) {
      Optional<String> cid = link(image.path("image"));
      if (cid.isPresent()) {
        ObjectNode shown = images.addObject();
        shown.put("thumb", pictures.address(Pictures.Size.THUMBNAIL, did, cid.get()));
        shown.put("fullsize", pictures.address(Pictures.Size.FULL, did, cid.get()));
        shown.put("alt", image.path("alt").asText(""));
        if (image.path("aspectRatio").isObject()) {
          shown.set("aspectRatio", image.path("aspectRatio"));
        }
      }
    }
    return view;
  }

  private ObjectNode external(JsonNode external) {
    ObjectNode view = NODES.objectNode().put(TYPE, "app.bsky.embed.external#view");
    ObjectNode shown = view.putObject("external");
    for (String field : new String[] {"uri", "title", "description"}) {
      shown.put(field, external.path(field).asText(""));
    }
    link(external.path("thumb"))
        .ifPresent(cid -> shown.put("thumb", pictures.address(Pictures.Size.THUMBNAIL, did, cid)));
    return view;
  }

  private Optional<ObjectNode> quote(JsonNode quoted) {
    String uri = quoted.path("uri").asText("");
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    ObjectNode view = NODES.objectNode().put(TYPE, "app.bsky.embed.record#view");
    view.set(
        "record",
        quotes
            .view(uri)
            .orElseGet(
                () ->
                    NODES
                        .objectNode()
                        .put(TYPE, "app.bsky.embed.record#viewNotFound")
                        .put("uri", uri)
                        .put("notFound", true)));
    return Optional.of(view);
  }

  private Optional<ObjectNode> withMedia(JsonNode embed) {
    Optional<ObjectNode> media = embed(embed.path("media"));
    Optional<ObjectNode> record = quote(embed.path("record").path("record"));
    if (media.isEmpty() || record.isEmpty()) {
      return media.or(() -> record);
    }
    ObjectNode view = NODES.objectNode().put(TYPE, "app.bsky.embed.recordWithMedia#view");
    view.set("media", media.get());
    view.set("record", record.get());
    return Optional.of(view);
  }

  private static Optional<String> link(JsonNode blob) {
    return Optional.ofNullable(blob.path("ref").path("$link").textValue());
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.path(field).textValue());
  }
}
