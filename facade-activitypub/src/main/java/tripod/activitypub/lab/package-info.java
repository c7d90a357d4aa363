/**
 * What a check must see or set and no protocol shows; in the lab alone, with the admin token.
 *
 * <p>Main type: {@link tripod.activitypub.lab.LabRoutes}. Its rule: no real host has these routes.
 */
@NullMarked
package tripod.activitypub.lab;

import org.jspecify.annotations.NullMarked;
