package tripod.atproto.appview;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Shows records of others that a new post quotes. */
@FunctionalInterface
public interface Quotes {
  /**
   * Returns the view of a quoted record as it stands in an embed.
   *
   * @param uri its address
   * @return empty when it is not known
   */
  Optional<ObjectNode> view(String uri);
}
