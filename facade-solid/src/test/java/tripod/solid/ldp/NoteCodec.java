package tripod.solid.ldp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.social.Address;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Datetime;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Stands in for another door's form: a "block" is the text of a public post, 20 characters long at
 * most.
 */
final class NoteCodec implements SocialCodec {
  static final int CHARS_MAX = 20;

  static Content.Document block(String text) {
    return new Content.Document(MediaType.DAG_CBOR, text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean owns(Content.Document document) {
    return document.mediaType().is(MediaType.DAG_CBOR);
  }

  @Override
  public Optional<Social> read(Resource resource, PodNames names) {
    String text =
        new String(((Content.Document) resource.content()).bytes(), StandardCharsets.UTF_8);
    return Optional.of(
        Social.Post.ofText(
            text, List.of(), List.of(), Datetime.of(java.time.Instant.EPOCH), Address.PUBLIC));
  }

  @Override
  public boolean says(Social next, PodNames names) {
    return next instanceof Social.Post post && post.text().length() <= CHARS_MAX;
  }

  @Override
  public Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names) {
    return next instanceof Social.Post post
        ? Optional.of(new Written(block(post.text()), List.of()))
        : Optional.empty();
  }
}
