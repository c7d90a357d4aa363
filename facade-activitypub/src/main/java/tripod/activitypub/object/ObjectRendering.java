package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tripod.podstore.Resource;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/** Writes the pivot as an ActivityStreams object. */
@FunctionalInterface
public interface ObjectRendering {
  /** Renders a resource; empty when ActivityStreams has no word for it. */
  Optional<ObjectNode> render(Social social, Resource resource, PodNames names);
}
