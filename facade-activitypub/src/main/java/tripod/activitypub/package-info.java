/** Actors, inbox, outbox, signatures, delivery. */
@NullMarked
package tripod.activitypub;

import org.jspecify.annotations.NullMarked;
