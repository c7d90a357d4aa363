package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tripod.syntax.ActorIri;

/**
 * Writes a plain text and what its parts are as HTML (mapping TXT-1 to TXT-10).
 *
 * <p>Our own output can be read back exactly, see {@link HtmlText#invert}. Pure.
 */
public final class TextHtml {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /** An address up to the sign that ends a sentence or closes a bracket. */
  private static final Pattern WEB_ADDRESS =
      Pattern.compile("https?://[^\\s<>\"()\\[\\]]*[^\\s<>\"()\\[\\].,;:!?']");

  private final NameBook book;
  private final String tagBase;

  /**
   * Makes a writer.
   *
   * @param book with the pod's own names in it
   * @param tagBase what the address of a hashtag's page begins with, with a trailing slash
   */
  public TextHtml(NameBook book, String tagBase) {
    this.book = book;
    this.tagBase = tagBase;
  }

  /** Somebody who is named, as ActivityStreams tags them. */
  public record Mention(String href, String name) {}

  /**
   * What was written.
   *
   * @param html paragraphs; empty for an empty text
   * @param mentions actors that were named, each once, in the order of the text
   * @param tags hashtags without their sign, each once, in the order of the text
   * @param links addresses that anchors lead to
   */
  public record Html(String html, List<Mention> mentions, List<String> tags, Set<String> links) {}

  /** Writes a text. */
  public Html write(String text, List<Facet> facets) {
    return new Writing(text, facets).run();
  }

  /** Returns the address of a hashtag's page; case is folded so that one tag has one page. */
  public String tagPage(String tag) {
    return tagBase + percent(tag.toLowerCase(Locale.ROOT));
  }

  /** Returns text for the inside of an element (TXT-8). */
  public static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** Returns text for the value of an attribute between double quotes. */
  public static String attribute(String text) {
    return escape(text).replace("\"", "&quot;");
  }

  /** Returns an anchor to a page that we do not vouch for. */
  static String link(String uri, String labelHtml) {
    return "<a href=\"" + attribute(uri) + "\" rel=\"nofollow noopener\">" + labelHtml + "</a>";
  }

  /** Returns an anchor that shows its own address; the escaped text alone where it is no page. */
  public static String linkTo(String uri) {
    return isWeb(uri) ? link(uri, escape(uri)) : escape(uri);
  }

  /** Returns facets for the web addresses that stand in a text which has none of its own. */
  public static List<Facet> webAddresses(String text) {
    List<Facet> facets = new ArrayList<>();
    Matcher matcher = WEB_ADDRESS.matcher(text);
    while (matcher.find()) {
      facets.add(
          HtmlText.facet(
              text, matcher.start(), matcher.end(), new Facet.Feature.Link(matcher.group())));
    }
    return facets;
  }

  /** Says whether an address may be an anchor (TXT-10). */
  public static boolean isWeb(String uri) {
    String head = uri.substring(0, Math.min(8, uri.length())).toLowerCase(Locale.ROOT);
    return head.startsWith("http://") || head.startsWith("https://");
  }

  private static String percent(String text) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain =
          c < 0x80
              && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_' || c == '~');
      if (plain) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }

  /** The parts of a text that facets may mark, in order and without overlaps (TXT-3, TXT-4). */
  static List<Facet> ranges(byte[] utf8, List<Facet> facets) {
    List<Facet> sorted = new ArrayList<>(facets);
    sorted.sort(Comparator.comparingInt(Facet::byteStart)); // stable
    List<Facet> ranges = new ArrayList<>(sorted.size());
    int cursor = 0;
    for (Facet facet : sorted) {
      int from = facet.byteStart();
      int to = Math.min(facet.byteEnd(), utf8.length);
      if (from >= cursor && from < to && isBoundary(utf8, from) && isBoundary(utf8, to)) {
        ranges.add(new Facet(from, to, facet.features()));
        cursor = to;
      }
    }
    return ranges;
  }

  private static boolean isBoundary(byte[] utf8, int at) {
    return at == utf8.length || (utf8[at] & 0xc0) != 0x80;
  }

  private final class Writing {
    private final byte[] utf8;
    private final List<Facet> ranges;
    private final StringBuilder out = new StringBuilder();
    private final List<Mention> mentions = new ArrayList<>();
    private final Set<String> tags = new LinkedHashSet<>();
    private final Set<String> links = new LinkedHashSet<>();

    Writing(String text, List<Facet> facets) {
      this.utf8 = text.getBytes(StandardCharsets.UTF_8);
      this.ranges = ranges(utf8, facets);
    }

    Html run() {
      if (utf8.length == 0) {
        return new Html("", List.of(), List.of(), Set.of());
      }
      out.append("<p>");
      int cursor = 0;
      for (Facet range : ranges) {
        plain(text(cursor, range.byteStart()));
        String label = text(range.byteStart(), range.byteEnd());
        if (label.isBlank() || !anchor(range, label)) {
          plain(label);
        }
        cursor = range.byteEnd();
      }
      plain(text(cursor, utf8.length));
      out.append("</p>");
      return new Html(out.toString(), mentions, List.copyOf(tags), links);
    }

    private String text(int from, int to) {
      return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }

    /** TXT-9: CRLF and CR count as one newline; two of them begin a paragraph. */
    private void plain(String text) {
      out.append(
          escape(text.replace("\r\n", "\n").replace('\r', '\n'))
              .replace("\n\n", "</p><p>")
              .replace("\n", "<br>"));
    }

    private static String label(String text) {
      return escape(text.replace("\r\n", "\n").replace('\r', '\n')).replace("\n", "<br>");
    }

    /** TXT-5: mention, then link, then tag decides the anchor, and every tag counts. */
    private boolean anchor(Facet range, String label) {
      Facet.Feature.Mention mention = null;
      Facet.Feature.Link link = null;
      Facet.Feature.Tag tag = null;
      for (Facet.Feature feature : range.features()) {
        switch (feature) {
          case Facet.Feature.Mention m -> mention = mention == null ? m : mention;
          case Facet.Feature.Link l -> link = link == null && isWeb(l.uri()) ? l : link;
          case Facet.Feature.Tag t -> {
            tags.add(t.tag());
            tag = tag == null ? t : tag;
          }
          case Facet.Feature.Other o -> {} // stays in the record
        }
      }
      if (mention != null) {
        mention(mention, label);
      } else if (link != null) {
        links.add(link.uri());
        out.append(link(link.uri(), label(label)));
      } else if (tag != null) {
        out.append("<a href=\"").append(attribute(tagPage(tag.tag())));
        out.append("\" class=\"mention hashtag\" rel=\"tag\">").append(label(label)).append("</a>");
      }
      return mention != null || link != null || tag != null;
    }

    /** TXT-6: an actor that is known is tagged; anybody else is a plain link. */
    private void mention(Facet.Feature.Mention mention, String label) {
      Optional<KnownPerson> known =
          mention
              .did()
              .flatMap(book::person)
              .or(() -> mention.actor().map(ActorIri::value).flatMap(book::person));
      Optional<String> actor =
          mention.actor().or(() -> known.flatMap(KnownPerson::actor)).map(ActorIri::value);
      if (actor.isEmpty()) {
        String page =
            known
                .flatMap(KnownPerson::url)
                .orElseGet(() -> mention.did().map(book::profilePage).orElse(""));
        out.append(page.isEmpty() ? label(label) : link(page, label(label)));
        return;
      }
      String page = known.flatMap(KnownPerson::url).orElse(actor.get());
      String name =
          mention.acct().or(() -> known.flatMap(KnownPerson::acct)).map(a -> "@" + a).orElse(label);
      out.append("<a href=\"").append(attribute(page)).append("\" class=\"u-url mention\">");
      out.append(label(label)).append("</a>");
      if (mentions.stream().noneMatch(m -> m.href().equals(actor.get()))) {
        mentions.add(new Mention(actor.get(), name));
      }
    }
  }
}
