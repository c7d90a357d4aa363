/**
 * How this door answers: documents, and failures with their statuses.
 *
 * <p>Main types: {@link tripod.activitypub.reply.Reply} and {@link
 * tripod.activitypub.reply.ActivityErrors}. Its rule: a status is chosen here and nowhere else, and
 * what a stranger sent never makes it a server error.
 */
@NullMarked
package tripod.activitypub.reply;

import org.jspecify.annotations.NullMarked;
