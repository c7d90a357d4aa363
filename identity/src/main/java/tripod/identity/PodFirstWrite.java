package tripod.identity;

import tripod.syntax.PodNames;

/**
 * Writes the first graphs of a new pod: card, containers and access lists.
 *
 * @param <W> the store's writer, which this room does not know
 */
@FunctionalInterface
public interface PodFirstWrite<W> {
  /** Writes them as the pod's first write. */
  void write(W writer, PodNames names);
}
