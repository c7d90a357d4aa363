package tripod.atproto.record;

import tripod.podstore.social.Audience;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Graphemes;
import tripod.podstore.social.HtmlPost;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Social;

/** What records hold at most, by their lexicons. */
final class RecordLimits {
  static final int TEXT_GRAPHEMES_MAX = 300;
  static final int TEXT_BYTES_MAX = 3000;
  static final int TAG_GRAPHEMES_MAX = 64;
  static final int TAG_BYTES_MAX = 640;
  static final int TAGS_MAX = 8;
  static final int LANGS_MAX = 3;
  static final int NAME_GRAPHEMES_MAX = 64;
  static final int NAME_BYTES_MAX = 640;
  static final int ABOUT_GRAPHEMES_MAX = 256;
  static final int ABOUT_BYTES_MAX = 2560;
  static final long AVATAR_BYTES_MAX = 1_000_000;

  private RecordLimits() {}

  static boolean textFits(String text) {
    return Graphemes.fits(text, TEXT_GRAPHEMES_MAX, TEXT_BYTES_MAX);
  }

  static boolean tagFits(String tag) {
    return !tag.isEmpty() && Graphemes.fits(tag, TAG_GRAPHEMES_MAX, TAG_BYTES_MAX);
  }

  static String name(String name) {
    return Graphemes.cutName(name, NAME_GRAPHEMES_MAX, NAME_BYTES_MAX);
  }

  static String about(String text) {
    return Graphemes.cut(text, ABOUT_GRAPHEMES_MAX, ABOUT_BYTES_MAX);
  }

  /** Says whether a record says all of it. */
  static boolean says(Social social) {
    return switch (social) {
      case Social.Post post -> post(post);
      case Social.Like like -> like.reaction().isEmpty() && isRecord(like.subject()) && open(like);
      case Social.Repost repost -> isRecord(repost.subject()) && open(repost);
      case Social.Follow follow -> follow.subject().did().isPresent() && open(follow);
      case Social.Block block -> block.subject().did().isPresent() && open(block);
      case Social.Profile profile ->
          profile.fields().isEmpty() && profile.descriptionHtml().isEmpty();
      case Social.Article article -> article.html().isEmpty() && open(article);
      case Social.Event event -> event.html().isEmpty() && open(event);
      case Social.Rsvp rsvp -> isRecord(rsvp.subject()) && open(rsvp);
      case Social.PeopleList list -> list.members().isEmpty() && open(list);
      case Social.ThreadGate gate -> gate.post().at().isPresent();
      case Social.ListMember member -> true;
      case Social.Unknown unknown -> false;
    };
  }

  private static boolean open(Social social) {
    return social.audience() == Audience.PUBLIC;
  }

  private static boolean isRecord(Ref ref) {
    return ref.at().isPresent() && ref.cid().isPresent();
  }

  private static boolean post(Social.Post post) {
    return open(post)
        && post.replies().isEmpty()
        && post.warning().isEmpty()
        && post.translations().isEmpty()
        && !HtmlPost.isRich(post)
        && post.languages().size() <= LANGS_MAX
        && post.tags().size() <= TAGS_MAX
        && post.tags().stream().allMatch(RecordLimits::tagFits)
        && textFits(post.text())
        && post.facets().stream().allMatch(RecordLimits::isWritable)
        && post.reply().filter(reply -> !isRecord(reply.parent())).isEmpty()
        && post.quote().filter(quote -> !isRecord(quote)).isEmpty()
        && (post.media().isEmpty() || Embeds.holds(post.media()));
  }

  private static boolean isWritable(Facet facet) {
    return facet.features().stream()
        .allMatch(
            feature ->
                switch (feature) {
                  case Facet.Feature.Mention mention -> mention.did().isPresent();
                  case Facet.Feature.Tag tag -> tagFits(tag.tag());
                  case Facet.Feature.Link link -> true;
                  case Facet.Feature.Other other -> true; // kept where the text is not changed
                });
  }
}
