package tripod.console.post;

import java.util.List;
import java.util.Optional;
import tripod.syntax.Language;

/**
 * A language as the compose form offers it, by its own name.
 *
 * @param tag as the post says it; empty for none
 * @param name in that language
 */
record LanguageChoice(String tag, String name) {
  static final List<LanguageChoice> ALL =
      List.of(
          new LanguageChoice("", "Not said"),
          new LanguageChoice("ar", "العربية"),
          new LanguageChoice("ca", "Català"),
          new LanguageChoice("cs", "Čeština"),
          new LanguageChoice("da", "Dansk"),
          new LanguageChoice("de", "Deutsch"),
          new LanguageChoice("el", "Ελληνικά"),
          new LanguageChoice("en", "English"),
          new LanguageChoice("eo", "Esperanto"),
          new LanguageChoice("es", "Español"),
          new LanguageChoice("eu", "Euskara"),
          new LanguageChoice("fi", "Suomi"),
          new LanguageChoice("fr", "Français"),
          new LanguageChoice("ga", "Gaeilge"),
          new LanguageChoice("he", "עברית"),
          new LanguageChoice("hi", "हिन्दी"),
          new LanguageChoice("hu", "Magyar"),
          new LanguageChoice("it", "Italiano"),
          new LanguageChoice("ja", "日本語"),
          new LanguageChoice("ko", "한국어"),
          new LanguageChoice("nl", "Nederlands"),
          new LanguageChoice("pl", "Polski"),
          new LanguageChoice("pt", "Português"),
          new LanguageChoice("ru", "Русский"),
          new LanguageChoice("sv", "Svenska"),
          new LanguageChoice("tr", "Türkçe"),
          new LanguageChoice("uk", "Українська"),
          new LanguageChoice("vi", "Tiếng Việt"),
          new LanguageChoice("zh", "中文"));

  /** Returns the languages with one more in front, if a post already has one that is not listed. */
  static List<LanguageChoice> with(String tag) {
    if (ALL.stream().anyMatch(choice -> choice.tag.equals(tag))) {
      return ALL;
    }
    return java.util.stream.Stream.concat(
            java.util.stream.Stream.of(new LanguageChoice(tag, tag)), ALL.stream())
        .toList();
  }

  /** Returns the first language that a browser asks for and the form offers; else an empty tag. */
  static String preferred(@org.jspecify.annotations.Nullable String acceptLanguage) {
    if (acceptLanguage == null) {
      return "";
    }
    for (String range : acceptLanguage.split(",", 20)) {
      String primary = range.strip().split("[-;]", 2)[0].toLowerCase(java.util.Locale.ROOT);
      if (!primary.isEmpty() && ALL.stream().anyMatch(choice -> choice.tag.equals(primary))) {
        return primary;
      }
    }
    return "";
  }

  static Optional<Language> read(String tag) {
    return Language.isValid(tag) ? Optional.of(new Language(tag)) : Optional.empty();
  }
}
