package tripod.console.post;

import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;

/**
 * What a post looks like at each door. The console knows none of them: the server wires this.
 *
 * <p>Each method answers for the owner, and is empty when the post has no such form.
 */
public interface PostForms {
  /** Returns the record that is in the repository. */
  Optional<RecordForm> record(PodReader view, PodNames names, PodPath post);

  /** Returns the ActivityStreams object. */
  Optional<ObjectForm> object(PodReader view, PodNames names, PodPath post);

  /** Returns the graph. */
  Optional<GraphForm> graph(PodReader view, PodNames names, PodPath post);

  /**
   * A record.
   *
   * @param json as JSON, indented
   * @param cid of its exact bytes
   * @param uri its address
   */
  record RecordForm(String json, Cid cid, AtUri uri) {}

  /**
   * An ActivityStreams object.
   *
   * @param json indented
   * @param id its address
   */
  record ObjectForm(String json, String id) {}

  /**
   * A graph.
   *
   * @param turtle as Turtle
   * @param iri its address
   */
  record GraphForm(String turtle, String iri) {}
}
