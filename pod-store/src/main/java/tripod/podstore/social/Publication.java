package tripod.podstore.social;

import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Resource;
import tripod.syntax.MediaType;

/**
 * Which social resources their owner has published.
 *
 * <p>A record (a DAG-CBOR block) is public by nature; anything else is published by writing it
 * while its access list and its addressing let everybody read.
 */
public final class Publication implements Projection {
  /** Name of the partition. */
  public static final String PARTITION = "social";

  /** Says whether a resource was published. */
  static boolean isPublished(PodReader view, Resource resource) {
    if (resource.content() instanceof Content.Document document
        && document.mediaType().is(MediaType.DAG_CBOR.essence())) {
      return true;
    }
    return view.partition(PARTITION).get("published " + resource.path()).isPresent();
  }

  @Override
  public String partition() {
    return PARTITION;
  }

  @Override
  public void apply(Commit pending, PodWriter after) {
    // The lens fills this in: the flag follows each write of content.
  }
}
