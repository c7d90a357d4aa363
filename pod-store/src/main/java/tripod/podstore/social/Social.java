package tripod.podstore.social;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Datetime;
import tripod.syntax.Language;

/**
 * The pivot: what a social resource says, in no protocol's form.
 *
 * <p>Each door maps its wire form to this and back; none maps to another's. What the pivot cannot
 * say stays in the exact bytes of the source and is kept through an edit by {@link
 * SocialCodec#write}.
 */
public sealed interface Social {
  /** Returns who may see it by its own addressing; access control may narrow that further. */
  Audience audience();

  /**
   * A post.
   *
   * @param text the plain text, exactly as typed
   * @param facets what parts of the text are, by UTF-8 byte ranges, in the order of the source
   * @param html the rich form, when the source has one that is more than the text with its facets
   * @param languages of the text, most important first
   * @param translations rich forms by language tag, beside the main one
   * @param published when it says it was written
   * @param updated when it says it was last edited
   * @param reply what it answers
   * @param quote what it quotes
   * @param media attached, in order
   * @param card a link shown as a card
   * @param warning a content warning in words
   * @param labels self-labels by their ATProto values
   * @param sensitive whether media are to be hidden at first
   * @param tags hashtags beside the text, without their sign
   * @param address who it is addressed to
   * @param replies who may answer it, when the source itself says so (GAT-1)
   */
  record Post(
      String text,
      List<Facet> facets,
      Optional<String> html,
      List<Language> languages,
      Map<String, String> translations,
      Datetime published,
      Optional<Datetime> updated,
      Optional<Reply> reply,
      Optional<Ref> quote,
      List<Media> media,
      Optional<Card> card,
      Optional<String> warning,
      Set<String> labels,
      boolean sensitive,
      List<String> tags,
      Address address,
      Optional<List<ReplyRule>> replies)
      implements Social {
    public Post {
      replies = replies.map(List::copyOf);
      facets = List.copyOf(facets);
      languages = List.copyOf(languages);
      translations = Collections.unmodifiableMap(new LinkedHashMap<>(translations));
      media = List.copyOf(media);
      labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
      tags = List.copyOf(tags);
    }

    /**
     * Makes a post of words alone, with nothing beside it.
     *
     * @param facets parts of the text that mean something, in its order
     * @param languages of the text, if they are known
     */
    public static Post ofText(
        String text,
        List<Facet> facets,
        List<Language> languages,
        Datetime published,
        Address address) {
      return new Post(
          text,
          facets,
          Optional.empty(),
          languages,
          Map.of(),
          published,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          false,
          List.of(),
          address);
    }

    /** Makes a post that everybody may answer, or of which something else says who may. */
    public Post(
        String text,
        List<Facet> facets,
        Optional<String> html,
        List<Language> languages,
        Map<String, String> translations,
        Datetime published,
        Optional<Datetime> updated,
        Optional<Reply> reply,
        Optional<Ref> quote,
        List<Media> media,
        Optional<Card> card,
        Optional<String> warning,
        Set<String> labels,
        boolean sensitive,
        List<String> tags,
        Address address) {
      this(
          text,
          facets,
          html,
          languages,
          translations,
          published,
          updated,
          reply,
          quote,
          media,
          card,
          warning,
          labels,
          sensitive,
          tags,
          address,
          Optional.empty());
    }

    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /**
   * A person's profile.
   *
   * @param displayName the name shown
   * @param description plain text about the person
   * @param descriptionHtml the rich form, when the source has one
   * @param avatar picture
   * @param banner wide picture
   * @param pronouns as written
   * @param website an address
   * @param fields further name and value pairs, values as HTML
   * @param labels self-labels by their ATProto values
   * @param bot whether a program posts here
   * @param pinned the pinned post
   * @param created when it says it was made
   */
  record Profile(
      Optional<String> displayName,
      Optional<String> description,
      Optional<String> descriptionHtml,
      Optional<Media> avatar,
      Optional<Media> banner,
      Optional<String> pronouns,
      Optional<String> website,
      List<Field> fields,
      Set<String> labels,
      boolean bot,
      Optional<Ref> pinned,
      Optional<Datetime> created)
      implements Social {
    public Profile {
      fields = List.copyOf(fields);
      labels = Collections.unmodifiableSet(new LinkedHashSet<>(labels));
    }

    @Override
    public Audience audience() {
      return Audience.PUBLIC;
    }
  }

  /** A follow of a person. */
  record Follow(Person subject, Datetime published, Address address) implements Social {
    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /** A block of a person. */
  record Block(Person subject, Datetime published, Address address) implements Social {
    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /**
   * A like of a resource.
   *
   * @param reaction an emoji, when it is more than a plain like
   */
  record Like(Ref subject, Optional<String> reaction, Datetime published, Address address)
      implements Social {
    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /** A repost of a resource. */
  record Repost(Ref subject, Datetime published, Address address) implements Social {
    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /**
   * A long text with a title.
   *
   * @param title plain
   * @param description plain, a sentence or two
   * @param text plain form of the whole
   * @param html rich form, when the source has one
   * @param page where people read it, when the source says so
   * @param published when it says it was written
   * @param updated when it says it was last edited
   * @param tags hashtags without their sign
   * @param address who it is addressed to; the owner alone where its program hides it (ART-3)
   */
  record Article(
      String title,
      Optional<String> description,
      String text,
      Optional<String> html,
      Optional<String> page,
      Datetime published,
      Optional<Datetime> updated,
      List<String> tags,
      Address address)
      implements Social {
    public Article {
      tags = List.copyOf(tags);
    }

    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /**
   * Something that happens at a time.
   *
   * @param name plain
   * @param description plain
   * @param html rich form of the description, when the source has one
   * @param starts first moment, with its offset as written
   * @param ends last moment, likewise
   * @param status whether it takes place: the last word of its lexicon's token
   * @param mode how one takes part: likewise
   * @param places where, in order
   * @param links web addresses about it
   * @param published when it says it was written
   * @param address who it is addressed to
   */
  record Event(
      String name,
      Optional<String> description,
      Optional<String> html,
      Optional<Datetime> starts,
      Optional<Datetime> ends,
      Optional<String> status,
      Optional<String> mode,
      List<Place> places,
      List<String> links,
      Datetime published,
      Address address)
      implements Social {
    public Event {
      places = List.copyOf(places);
      links = List.copyOf(links);
    }

    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /** An answer to an event (EVT-3). */
  record Rsvp(Ref subject, Answer answer, Datetime published, Address address) implements Social {
    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /** What somebody answers to an event. */
  enum Answer {
    /** They come. */
    GOING,
    /** They may come. */
    INTERESTED,
    /** They do not come. */
    NOT_GOING
  }

  /**
   * A list of people (LST-1).
   *
   * @param name plain
   * @param description plain
   * @param members in order; of a list that is a record none, as each of them is a record
   * @param published when it says it was made
   * @param address who may know of it; the owner alone unless it says otherwise
   */
  record PeopleList(
      String name,
      Optional<String> description,
      List<Person> members,
      Datetime published,
      Address address)
      implements Social {
    public PeopleList {
      members = List.copyOf(members);
    }

    @Override
    public Audience audience() {
      return address.audience();
    }
  }

  /** That somebody is on a list of the owner, as a resource of its own. */
  record ListMember(Ref list, Person subject, Datetime published) implements Social {
    @Override
    public Audience audience() {
      return Audience.PUBLIC;
    }
  }

  /**
   * Who may answer a post (GAT-1).
   *
   * @param post which
   * @param allow the rules of which one must hold; empty for everybody, no rule at all for nobody
   * @param published when it says it was made
   */
  record ThreadGate(Ref post, Optional<List<ReplyRule>> allow, Datetime published)
      implements Social {
    public ThreadGate {
      allow = allow.map(List::copyOf);
    }

    @Override
    public Audience audience() {
      return Audience.PUBLIC;
    }
  }

  /**
   * A social resource of a kind that the pivot has no words for; it is stored and served as it
   * came.
   *
   * @param type the source's own name of its kind
   */
  record Unknown(String type, Audience audience) implements Social {}

  /** One name and value pair of a profile. */
  record Field(String name, String valueHtml) {}
}
