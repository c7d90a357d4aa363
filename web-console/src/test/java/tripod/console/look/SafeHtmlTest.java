package tripod.console.look;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeHtmlTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "<b>x</b>|x",
        "<strong>x</strong>|<strong>x</strong>",
        "<img src=x onerror=alert(1)>|~~",
        "<svg><script>alert(1)</script></svg>|~~",
        "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>|~~",
        "<a href='data:text/html,x'>x</a>|x",
        "<a href='JaVaScRiPt:alert(1)'>x</a>|x",
        "<a href=' &#1;javascript:alert(1)'>x</a>|x",
        "<a href='//evil.example'>x</a>|x",
        "<p style='position:fixed'>x</p>|<p>x</p>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>|<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<textarea></textarea><script>x</script>|~~",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>|<p></p>",
      })
  void SEC_38_markup_isWhatTheListAllows(String dirty, String clean) {
    assertEquals(clean, SafeHtml.of(dirty).html());
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x, a.example, a.example",
    "https://www.a.example/x, a.example/x, a.example/x",
    "https://a.example/x, https://b.example/x, https://b.example/x [a.example]",
    "https://a.example/x, b.example…, b.example… [a.example]",
    "https://a.example/x, words here, words here",
    "https://a.example/x, #tag.x, #tag.x",
    "https://a.example/x, @b.example, @b.example",
  })
  void SEC_38_wordsLikeAnotherAddress_showTheHost(String href, String words, String shown) {
    assertEquals(
        "<a href=\"" + href + "\" rel=\"nofollow noopener noreferrer\">" + shown + "</a>",
        SafeHtml.of("<a href='" + href + "'>" + words + "</a>").html());
  }

  @Test
  void SEC_38_tooDeepOrTooLong_isShownAsText() {
    String deep = "<blockquote>".repeat(5_000) + "x";
    assertFalse(SafeHtml.of(deep).html().contains("<blockquote>"));
    String large = "<p>" + "x".repeat(SafeHtml.CHARS_MAX) + "</p>";
    assertFalse(SafeHtml.of(large).html().startsWith("<p>x"));
  }

  @Test
  void ofText_lines_areBroken() {
    assertEquals("<p>a &lt;b&gt;<br>c</p>", SafeHtml.ofText("a <b>\nc").html());
  }
}
