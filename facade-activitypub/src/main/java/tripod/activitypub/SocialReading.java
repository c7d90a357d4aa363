package tripod.activitypub;

import tripod.identity.access.AccessDecider;
import tripod.podstore.social.Lens;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.PublicGate;

/**
 * How social resources are read, and by whom they may be.
 *
 * @param lens reads any stored form
 * @param gate lets through what is public
 * @param decider decides by access lists
 * @param book knows the other names of others
 */
public record SocialReading(Lens lens, PublicGate gate, AccessDecider decider, NameBook book) {}
