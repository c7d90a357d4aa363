package tripod.activitypub;

/**
 * What this door must be told.
 *
 * @param lab whether this is the lab: short delays between tries, and routes for checks
 * @param version of the software, for NodeInfo
 * @param openSignUp whether everybody may make an account
 */
public record ActivityPubSettings(boolean lab, String version, boolean openSignUp) {}
