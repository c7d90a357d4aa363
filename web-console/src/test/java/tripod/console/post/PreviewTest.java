package tripod.console.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.podstore.social.Audience;

class PreviewTest {

  @ParameterizedTest
  @CsvSource({
    "PUBLIC, 300, WHOLE, WHOLE",
    "PUBLIC, 301, LOSS, WHOLE",
    "UNLISTED, 5, NONE, WHOLE",
    "FOLLOWERS, 5, NONE, WHOLE",
    "OWNER, 5, NONE, NONE",
  })
  void of_lengthAndAudience_saysWhatIsLost(
      Audience audience, int length, Preview.Level record, Preview.Level note) {
    Preview preview = Preview.of("x".repeat(length), audience);
    assertEquals(record, preview.doors().get(0).level());
    assertEquals(note, preview.doors().get(1).level());
    assertEquals(Preview.Level.WHOLE, preview.doors().get(2).level());
  }

  @ParameterizedTest
  @CsvSource({"e\u0301, 1, 3", "👩‍👩‍👧‍👦, 1, 25", "🇫🇷🇩🇪, 2, 16", "'', 0, 0"})
  void length_isCountedAsReadersSee(String text, int graphemes, int bytes) {
    assertEquals(new TextLength(graphemes, bytes), TextLength.of(text));
  }

  @ParameterizedTest
  @CsvSource({"'fr-CA,en;q=0.5', fr", "'xx, de', de", "'*', ''", "'', ''"})
  void language_isWhatTheBrowserAsksFor(String header, String tag) {
    assertEquals(tag, LanguageChoice.preferred(header));
  }
}
