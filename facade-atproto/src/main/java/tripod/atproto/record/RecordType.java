package tripod.atproto.record;

/** Names of the lexicons that the pivot has words for. */
final class RecordType {
  static final String POST = "app.bsky.feed.post";
  static final String LIKE = "app.bsky.feed.like";
  static final String REPOST = "app.bsky.feed.repost";
  static final String FOLLOW = "app.bsky.graph.follow";
  static final String BLOCK = "app.bsky.graph.block";
  static final String PROFILE = "app.bsky.actor.profile";

  static final String DOCUMENT = "site.standard.document";
  static final String BLOG_ENTRY = "com.whtwnd.blog.entry";
  static final String EVENT = "community.lexicon.calendar.event";
  static final String RSVP = "community.lexicon.calendar.rsvp";
  static final String LIST = "app.bsky.graph.list";
  static final String LIST_ITEM = "app.bsky.graph.listitem";
  static final String THREADGATE = "app.bsky.feed.threadgate";

  static final String MENTION = "app.bsky.richtext.facet#mention";
  static final String LINK = "app.bsky.richtext.facet#link";
  static final String TAG = "app.bsky.richtext.facet#tag";

  static final String IMAGES = "app.bsky.embed.images";
  static final String GALLERY = "app.bsky.embed.gallery";
  static final String GALLERY_IMAGE = "app.bsky.embed.gallery#image";
  static final String VIDEO = "app.bsky.embed.video";
  static final String EXTERNAL = "app.bsky.embed.external";
  static final String RECORD = "app.bsky.embed.record";
  static final String RECORD_WITH_MEDIA = "app.bsky.embed.recordWithMedia";

  static final String SELF_LABELS = "com.atproto.label.defs#selfLabels";

  private RecordType() {}
}
