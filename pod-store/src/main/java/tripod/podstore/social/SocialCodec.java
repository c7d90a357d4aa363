package tripod.podstore.social;

import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;

/**
 * One stored form of social resources and how it maps to the pivot and back: a lens.
 *
 * <p>Laws (mapping note, section 4): writing back what was read changes nothing (LENS-1); what the
 * pivot cannot say survives a write (LENS-2). Implementations are pure and safe between threads.
 */
public interface SocialCodec {
  /** Says whether this codec owns a stored document. */
  boolean owns(Content.Document document);

  /**
   * Reads a stored document of this form.
   *
   * @return empty when it is not a social resource
   * @throws tripod.podstore.PodFailure.Invalid when it breaks its own form
   */
  Optional<Social> read(Resource resource, PodNames names);

  /**
   * Writes the pivot in this form.
   *
   * @param previous what the resource held in this form before, so that what the pivot cannot say
   *     is kept; empty for a new one
   * @return empty when this form cannot say it
   */
  Optional<Written> write(Social next, Optional<Content.Document> previous, PodNames names);

  /**
   * A document and the blobs it names.
   *
   * @param blobs every blob named
   */
  record Written(Content.Document document, java.util.List<Cid> blobs) {}
}
