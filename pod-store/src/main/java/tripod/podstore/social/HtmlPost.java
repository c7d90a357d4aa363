package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import tripod.syntax.PodNames;

/**
 * The text of a post whose source is HTML: what it says in plain, and what of it only HTML can say.
 *
 * @param text plain
 * @param facets of the text
 * @param html the source, where it is not just what we would write for the text
 * @param tags hashtags that stand beside the text
 */
public record HtmlPost(String text, List<Facet> facets, Optional<String> html, List<String> tags) {
  private static final Set<String> PLAIN =
      Set.of("#root", "html", "head", "body", "p", "br", "a", "span");

  /**
   * Reads the text of a post.
   *
   * @param html as it came
   * @param source the plain text it says it was made from, if it does
   * @param tags the object's mentions and hashtags
   * @param book with the pod's own names in it
   */
  public static HtmlPost read(
      String html,
      Optional<String> source,
      List<NoteView.Tag> tags,
      PodNames names,
      NameBook book) {
    TagAnchors anchors = new TagAnchors(tags, book);
    TextHtml writer = new TextHtml(book, NoteView.tagBase(names));
    HtmlText.Plain plain =
        source
            .flatMap(text -> own(html, text, anchors, writer))
            .orElseGet(() -> HtmlText.read(html, anchors));
    boolean ours = writer.write(plain.text(), plain.facets()).html().equals(html);
    return new HtmlPost(
        plain.text(),
        plain.facets(),
        ours ? Optional.empty() : Optional.of(html),
        outside(tags, plain));
  }

  /** Says whether a post says in HTML what its text with its facets does not. */
  public static boolean isRich(Social.Post post) {
    return post.html().filter(html -> !isPlain(html)).isPresent();
  }

  private static boolean isPlain(String html) {
    return Jsoup.parseBodyFragment(html).body().select("*").stream()
        .allMatch(element -> PLAIN.contains(element.normalName()));
  }

  /** Our own output comes back as the very text it was made from, carriage returns included. */
  private static Optional<HtmlText.Plain> own(
      String html, String source, TagAnchors anchors, TextHtml writer) {
    return HtmlText.invert(html, anchors)
        .filter(
            plain ->
                source.replace("\r\n", "\n").replace('\r', '\n').equals(plain.text())
                    && writer.write(plain.text(), plain.facets()).html().equals(html))
        .map(plain -> source.equals(plain.text()) ? plain : shifted(plain, source));
  }

  /** Moves facets where the source has CRLF and the reading has one newline. */
  private static HtmlText.Plain shifted(HtmlText.Plain plain, String source) {
    int[] moved = new int[plain.text().length() + 1];
    int at = 0;
    for (int i = 0; i < plain.text().length(); i++) {
      moved[i] = at;
      at += plain.text().charAt(i) == '\n' && source.startsWith("\r\n", at) ? 2 : 1;
    }
    moved[plain.text().length()] = source.length();
    List<Facet> facets = new ArrayList<>();
    byte[] utf8 = plain.text().getBytes(StandardCharsets.UTF_8);
    for (Facet facet : plain.facets()) {
      int from = chars(utf8, facet.byteStart());
      int to = chars(utf8, facet.byteEnd());
      facets.add(HtmlText.facet(source, moved[from], moved[to], facet.features().getFirst()));
    }
    return new HtmlText.Plain(source, facets);
  }

  private static int chars(byte[] utf8, int bytes) {
    return new String(utf8, 0, bytes, StandardCharsets.UTF_8).length();
  }

  private static List<String> outside(List<NoteView.Tag> tags, HtmlText.Plain plain) {
    Set<String> inside =
        plain.facets().stream()
            .flatMap(facet -> facet.features().stream())
            .filter(Facet.Feature.Tag.class::isInstance)
            .map(feature -> ((Facet.Feature.Tag) feature).tag().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> outside = new LinkedHashSet<>();
    for (NoteView.Tag tag : tags) {
      if (tag instanceof NoteView.Tag.Hashtag) {
        String name =
            tag.name().startsWith("#") || tag.name().startsWith("＃")
                ? tag.name().substring(1)
                : tag.name();
        if (!name.isEmpty() && inside.add(name.toLowerCase(Locale.ROOT))) {
          outside.add(name);
        }
      }
    }
    return List.copyOf(outside);
  }
}
