package tripod.solid.representation;

import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Triple;
import tripod.podstore.Resource;
import tripod.syntax.PodNames;

/** Shows stored forms that are not RDF syntaxes as graphs: records, and AS2 objects. */
public interface SocialView {
  /** Shows nothing. */
  SocialView NONE =
      new SocialView() {
        @Override
        public Optional<Set<Triple>> shared(Resource resource, PodNames names) {
          return Optional.empty();
        }

        @Override
        public Optional<Set<Triple>> exact(Resource resource, PodNames names) {
          return Optional.empty();
        }
      };

  /** Returns a social resource in the shared vocabulary, IRIs in full; empty if it is none. */
  Optional<Set<Triple>> shared(Resource resource, PodNames names);

  /** Returns the exact record of a resource as a graph; empty if it holds none. */
  Optional<Set<Triple>> exact(Resource resource, PodNames names);
}
