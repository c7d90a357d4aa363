package tripod.activitypub.actor;

import java.util.Optional;
import tripod.podstore.PodReader;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** Reads what a member's card says of them. */
public final class Profiles {
  private final Lens lens;

  /** Reads through the lens. */
  public Profiles(Lens lens) {
    this.lens = lens;
  }

  /** Returns the profile, when the card can be read as one. */
  public Optional<Social.Profile> read(PodReader view, PodNames names) {
    return view.get(SocialPaths.CARD)
        .flatMap(card -> lens.read(card, names))
        .flatMap(
            social ->
                social instanceof Social.Profile profile ? Optional.of(profile) : Optional.empty());
  }
}
