package tripod.console;

import tripod.podstore.PodStore;
import tripod.podstore.social.Lens;
import tripod.podstore.social.PublicGate;

/**
 * The pods, and how to look into them.
 *
 * @param store all pods
 * @param lens reads what a resource says
 * @param gate lets through what everybody may see
 */
public record Pods(PodStore store, Lens lens, PublicGate gate) {}
