package tripod.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Stores a number, and remembers what was meant by it. */
final class FakeCodec implements SocialCodec {
  private final List<Social> said = new ArrayList<>();

  @Override
  public boolean owns(Content.Document document) {
    return document.mediaType().is(MediaType.DAG_CBOR);
  }

  @Override
  public synchronized Optional<Social> read(Resource resource, PodNames names) {
    byte[] block = ((Content.Document) resource.content()).bytes();
    return Optional.of(
        said.get(
            (block[block.length - 2] & 0xFF) - 32 + 64 * ((block[block.length - 1] & 0xFF) - 32)));
  }

  @Override
  public synchronized Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names) {
    return Optional.of(new Written(document(next), List.of()));
  }

  synchronized Content.Document document(Social social) {
    int number = said.size();
    said.add(social);
    String text = "" + (char) (32 + number % 64) + (char) (32 + number / 64);
    DagFields fields = DagFields.of("n", DagValue.of(text));
    return new Content.Document(MediaType.DAG_CBOR, DagCbor.encode(fields));
  }
}
