package tripod.podstore.social;

import java.util.Objects;

/**
 * Carries an edit that was made in one form over to what a resource says in another (mapping note,
 * section 4): what the edit did not change stays as it is, however much more the resource says.
 * Pure.
 */
public final class Rebase {
  private Rebase() {}

  /**
   * Returns what a resource says after an edit.
   *
   * @param shown what the editor was shown
   * @param current what the resource says
   * @param edited what the editor sent back
   */
  public static Social apply(Social shown, Social current, Social edited) {
    if (shown.equals(edited)) {
      return current;
    }
    if (shown instanceof Social.Post s
        && current instanceof Social.Post c
        && edited instanceof Social.Post e) {
      return post(s, c, e);
    }
    if (shown instanceof Social.Profile s
        && current instanceof Social.Profile c
        && edited instanceof Social.Profile e) {
      return profile(s, c, e);
    }
    if (shown instanceof Social.Article s
        && current instanceof Social.Article c
        && edited instanceof Social.Article e) {
      return article(s, c, e);
    }
    if (shown instanceof Social.Event s
        && current instanceof Social.Event c
        && edited instanceof Social.Event e) {
      return event(s, c, e);
    }
    if (shown instanceof Social.PeopleList s
        && current instanceof Social.PeopleList c
        && edited instanceof Social.PeopleList e) {
      return list(s, c, e);
    }
    return edited;
  }

  private static Social.Article article(Social.Article s, Social.Article c, Social.Article e) {
    boolean text = !s.text().equals(e.text()) || !s.html().equals(e.html());
    return new Social.Article(
        pick(s.title(), c.title(), e.title()),
        pick(s.description(), c.description(), e.description()),
        text ? e.text() : c.text(),
        text ? e.html() : c.html(),
        pick(s.page(), c.page(), e.page()),
        pick(s.published(), c.published(), e.published()),
        pick(s.updated(), c.updated(), e.updated()),
        pick(s.tags(), c.tags(), e.tags()),
        pick(s.address(), c.address(), e.address()));
  }

  private static Social.Event event(Social.Event s, Social.Event c, Social.Event e) {
    boolean text = !s.description().equals(e.description()) || !s.html().equals(e.html());
    return new Social.Event(
        pick(s.name(), c.name(), e.name()),
        text ? e.description() : c.description(),
        text ? e.html() : c.html(),
        pick(s.starts(), c.starts(), e.starts()),
        pick(s.ends(), c.ends(), e.ends()),
        pick(s.status(), c.status(), e.status()),
        pick(s.mode(), c.mode(), e.mode()),
        pick(s.places(), c.places(), e.places()),
        pick(s.links(), c.links(), e.links()),
        pick(s.published(), c.published(), e.published()),
        pick(s.address(), c.address(), e.address()));
  }

  private static Social.PeopleList list(
      Social.PeopleList s, Social.PeopleList c, Social.PeopleList e) {
    return new Social.PeopleList(
        pick(s.name(), c.name(), e.name()),
        pick(s.description(), c.description(), e.description()),
        pick(s.members(), c.members(), e.members()),
        pick(s.published(), c.published(), e.published()),
        pick(s.address(), c.address(), e.address()));
  }

  private static Social.Post post(Social.Post s, Social.Post c, Social.Post e) {
    // Text, its parts and its rich form are one thing: who changes one has written all three.
    boolean text =
        !s.text().equals(e.text()) || !s.facets().equals(e.facets()) || !s.html().equals(e.html());
    return new Social.Post(
        text ? e.text() : c.text(),
        text ? e.facets() : c.facets(),
        text ? e.html() : c.html(),
        pick(s.languages(), c.languages(), e.languages()),
        pick(s.translations(), c.translations(), e.translations()),
        pick(s.published(), c.published(), e.published()),
        pick(s.updated(), c.updated(), e.updated()),
        pick(s.reply(), c.reply(), e.reply()),
        pick(s.quote(), c.quote(), e.quote()),
        pick(s.media(), c.media(), e.media()),
        pick(s.card(), c.card(), e.card()),
        pick(s.warning(), c.warning(), e.warning()),
        pick(s.labels(), c.labels(), e.labels()),
        pick(s.sensitive(), c.sensitive(), e.sensitive()),
        pick(s.tags(), c.tags(), e.tags()),
        pick(s.address(), c.address(), e.address()),
        pick(s.replies(), c.replies(), e.replies()));
  }

  private static Social.Profile profile(Social.Profile s, Social.Profile c, Social.Profile e) {
    return new Social.Profile(
        pick(s.displayName(), c.displayName(), e.displayName()),
        pick(s.description(), c.description(), e.description()),
        pick(s.descriptionHtml(), c.descriptionHtml(), e.descriptionHtml()),
        pick(s.avatar(), c.avatar(), e.avatar()),
        pick(s.banner(), c.banner(), e.banner()),
        pick(s.pronouns(), c.pronouns(), e.pronouns()),
        pick(s.website(), c.website(), e.website()),
        pick(s.fields(), c.fields(), e.fields()),
        pick(s.labels(), c.labels(), e.labels()),
        pick(s.bot(), c.bot(), e.bot()),
        pick(s.pinned(), c.pinned(), e.pinned()),
        pick(s.created(), c.created(), e.created()));
  }

  private static <T> T pick(T shown, T current, T edited) {
    return Objects.equals(shown, edited) ? current : edited;
  }
}
