package tripod.podstore.social;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import tripod.podstore.PodFailure;

class TextHtmlTest {
  private static final TextHtml WRITER =
      new TextHtml(People.BOOK.withOwn(People.ADA), "https://ada.test/tags/");

  private static Facet facet(int from, int to, Facet.Feature... features) {
    return new Facet(from, to, List.of(features));
  }

  private static Facet.Feature link(String uri) {
    return new Facet.Feature.Link(uri);
  }

  private static String html(String text, Facet... facets) {
    return WRITER.write(text, List.of(facets)).html();
  }

  private static String text(String html) {
    return HtmlText.read(html, HtmlText.Anchors.LINKS).text();
  }

  @Test
  void write_ofMarkup_isEscapedOnce() {
    assertEquals("<p>&amp;lt; &lt;b&gt; \"q\" &amp;amp;</p>", html("&lt; <b> \"q\" &amp;"));
  }

  @Test
  void write_ofNewlines_makesParagraphsAndBreaks() {
    assertEquals("<p>a<br>b</p><p>c<br></p>", html("a\r\nb\n\nc\n"));
    assertEquals("", html(""));
  }

  @Test
  void write_ofFacetsThatFitNothing_makesNoAnchor() {
    assertEquals(
        "<p>日本 <a href=\"https://a.test/\" rel=\"nofollow noopener\">abc</a></p>",
        html(
            "日本 abc",
            facet(50, 60, link("https://past.test/")),
            facet(7, 99, link("https://a.test/")),
            facet(6, 3, link("https://reversed.test/")),
            facet(0, 4, link("https://half.test/")),
            facet(2, 2, link("https://empty.test/"))));
  }

  @Test
  void write_ofOverlappingFacets_keepsTheFirst() {
    assertEquals(
        "<p><a href=\"https://a.test/\" rel=\"nofollow noopener\">abc</a>def</p>",
        html("abcdef", facet(0, 3, link("https://a.test/")), facet(2, 5, link("https://b.test/"))));
  }

  @Test
  void write_ofAScriptLink_makesNoAnchor() {
    assertEquals("<p>evil</p>", html("evil", facet(0, 4, link("javascript:alert(1)"))));
  }

  @Test
  void write_ofQuotesInAnAddress_doesNotLeaveTheAttribute() {
    assertEquals(
        "<p><a href=\"https://a.test/&quot;onx=&quot;\" rel=\"nofollow noopener\">x</a></p>",
        html("x", facet(0, 1, link("https://a.test/\"onx=\""))));
  }

  @Test
  void write_ofAnUnknownMention_isAPlainLink() {
    Facet.Feature nobody =
        new Facet.Feature.Mention(
            Optional.of(new tripod.syntax.Did("did:plc:nobody222222222222222222")),
            Optional.empty(),
            Optional.empty());
    TextHtml.Html html = WRITER.write("@x", List.of(facet(0, 2, nobody)));
    assertTrue(
        html.html().contains("/profile/did:plc:nobody222222222222222222\" rel="), html.html());
    assertEquals(List.of(), html.mentions());
  }

  @Test
  void read_ofBlocks_putsLinesBetween() {
    assertEquals("a\n\nb", text("<p>a</p>\n<p>b</p>"));
    assertEquals("a\nb", text("<div>a</div><div>b</div>"));
    assertEquals("a\nb", text("a<br/>b"));
    assertEquals("• a\n• b", text("<ul><li>a</li><li><p>b</p></li></ul>"));
    assertEquals("3. a\n4. b", text("<ol start=3><li>a<li>b</ol>"));
    assertEquals("> a\n\nb", text("<blockquote><p>a</p></blockquote><p>b</p>"));
    assertEquals("x  y\n z", text("<pre>x  y\n z</pre>"));
  }

  @Test
  void read_ofHiddenParts_leavesThemOut() {
    assertEquals(
        "a.test/pa…",
        text(
            "<a href=\"https://a.test/path\"><span class=\"invisible\">https://</span>"
                + "<span class=\"ellipsis\">a.test/pa</span><span class=\"invisible\">th</span></a>"));
    assertEquals("a", text("a<script>x()</script><style>y</style>"));
    assertEquals("a", text("<p>a</p><p class=\"quote-inline\">RE: x</p>"));
    assertEquals("cat", text("<img alt=\"cat\" src=\"x\">"));
  }

  @Test
  void read_ofWhiteSpace_foldsAllButTheNoBreakSpace() {
    assertEquals("a b c\u00a0\u00a0d", text("  a \n\t b <b> c</b>\u00a0\u00a0d "));
  }

  @Test
  void read_ofAPaddedAnchor_marksTheWordAlone() {
    HtmlText.Plain plain =
        HtmlText.read("é <a href=\"https://a.test/\"> b </a>.", HtmlText.Anchors.LINKS);
    assertEquals("é b .", plain.text());
    assertEquals(List.of(facet(3, 4, link("https://a.test/"))), plain.facets());
  }

  @Test
  void SEC_30_read_ofDeepHtml_isRefused() {
    String deep = "<div>".repeat(1_000) + "x";
    assertThrows(PodFailure.Invalid.class, () -> text(deep));
  }

  @Test
  void invert_ofWhatWasWritten_isTheTextWithItsFacets() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    String[] pieces = {
      "a", "  ", "\n", "\n\n", "&", "<b>", "é", "👩‍👩‍👦", "\"", "&lt;", "\u00a0"
    };
    TagAnchors anchors =
        new TagAnchors(
            List.of(new NoteView.Tag.Mention("https://ben.test/actor", "@ben@ben.test")),
            People.BOOK.withOwn(People.ADA));
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      List<Facet> facets = new ArrayList<>();
      for (int n = random.nextInt(12); n > 0; n--) {
        int from = text.toString().getBytes(StandardCharsets.UTF_8).length;
        switch (random.nextInt(6)) {
          case 0 -> {
            text.append("@ben.test");
            facets.add(
                facet(
                    from,
                    from + 9,
                    new Facet.Feature.Mention(
                        People.BEN.did(), People.BEN.actor(), People.BEN.acct())));
          }
          case 1 -> {
            text.append("#Tag");
            facets.add(facet(from, from + 4, new Facet.Feature.Tag("Tag")));
          }
          case 2 -> {
            text.append("x&y\nz");
            facets.add(facet(from, from + 5, link("https://a.test/?a=1&b=\"2\"")));
          }
          default -> text.append(pieces[random.nextInt(pieces.length)]);
        }
      }
      String html = WRITER.write(text.toString(), facets).html();
      HtmlText.Plain back = HtmlText.invert(html, anchors).orElseThrow();
      assertEquals(text.toString(), back.text());
      assertEquals(facets, back.facets());
    }
  }

  @Test
  void invert_ofForeignHtml_isNotOurs() {
    assertEquals(Optional.empty(), HtmlText.invert("<p>a</p>\n<p>b</p>", HtmlText.Anchors.LINKS));
    assertEquals(Optional.empty(), HtmlText.invert("<p>a&nbsp;</p>", HtmlText.Anchors.LINKS));
    assertEquals(Optional.empty(), HtmlText.invert("<b>a</b>", HtmlText.Anchors.LINKS));
  }

  @Test
  void cut_isBetweenGraphemesAndAtWhiteSpaceIfNear() {
    assertEquals("🇫🇷🇫🇷…", Graphemes.cut("🇫🇷".repeat(5), 3, 1_000));
    assertEquals("one two…", Graphemes.cut("one two three", 10, 1_000));
    assertEquals("éé…", Graphemes.cut("é".repeat(9), 100, 8));
    assertEquals("abc", Graphemes.cut("abc", 3, 3));
  }
}
