package tripod.atproto.record;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Card;
import tripod.podstore.social.Graphemes;
import tripod.podstore.social.Social;
import tripod.syntax.Datetime;
import tripod.syntax.PodNames;

/** Long texts as records (mapping 7.6, ART-1 to ART-4). */
final class ArticleRecords {
  private static final int TITLE_GRAPHEMES_MAX = 500;
  private static final int TITLE_BYTES_MAX = 5000;
  private static final int ABOUT_GRAPHEMES_MAX = 3000;
  private static final int ABOUT_BYTES_MAX = 30000;
  private static final Set<String> HIDDEN = Set.of("author", "url");

  private ArticleRecords() {}

  /**
   * Reads a document, whose content may be of any kind: the plain text is what all of them have.
   */
  static Social.Article document(DagFields record, Datetime born) {
    String site = record.text("site").orElse("");
    return new Social.Article(
        record.text("title").orElse(""),
        record.text("description"),
        record.text("textContent").orElse(""),
        Optional.empty(),
        record.text("path").filter(path -> site.startsWith("https://")).map(path -> site + path),
        time(record, "publishedAt").orElse(born),
        time(record, "updatedAt"),
        record.items("tags").stream().flatMap(tag -> tag.asText().stream()).toList(),
        Address.PUBLIC);
  }

  /**
   * Reads a blog entry. What its program hides is nobody's elsewhere, though the record is open
   * (ART-3, VIS-5).
   */
  static Social.Article entry(DagFields record, Datetime born) {
    boolean hidden =
        record.text("visibility").filter(HIDDEN::contains).isPresent()
            || record.truth("isDraft").orElse(false);
    return new Social.Article(
        record.text("title").orElse(""),
        record.text("subtitle"),
        record.text("content").orElse(""),
        Optional.empty(),
        Optional.empty(),
        time(record, "createdAt").orElse(born),
        Optional.empty(),
        List.of(),
        hidden ? new Address(Audience.OWNER, List.of(), List.of()) : Address.PUBLIC);
  }

  /** Writes a document. */
  static DagFields write(Social.Article article, PodPath path, PodNames names) {
    String site = names.iri("/").replaceAll("/$", "");
    DagFields.Builder record =
        DagFields.builder()
            .put("$type", RecordType.DOCUMENT)
            .put("site", site)
            .put("path", path.value())
            .put("title", title(article))
            .putIf(
                "description", article.description().map(ArticleRecords::about).map(DagValue::of))
            .put("textContent", article.text())
            .put("publishedAt", RecordWriting.time(article.published()))
            .putIf("updatedAt", article.updated().map(RecordWriting::time).map(DagValue::of));
    RecordWriting.putList(
        record,
        "tags",
        article.tags().stream().filter(RecordLimits::tagFits).map(DagValue::of).toList());
    return record.build();
  }

  /** Returns the short post that tells of an article (ART-4). */
  static Social.Post announcement(Social.Article article, PodPath path, PodNames names) {
    String title = title(article);
    String about = article.description().orElse("");
    return new Social.Post(
        about.isBlank() ? title : title + "\n\n" + about,
        List.of(),
        Optional.empty(),
        List.of(),
        Map.of(),
        article.published(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(new Card(names.iri(path.value()), title, about, Optional.empty())),
        Optional.empty(),
        Set.of(),
        false,
        List.of(),
        Address.PUBLIC);
  }

  private static String title(Social.Article article) {
    String title =
        article.title().isBlank()
            ? article.text().lines().findFirst().orElse("").strip()
            : article.title();
    return Graphemes.cut(
        title.isEmpty() ? "Untitled" : title, TITLE_GRAPHEMES_MAX, TITLE_BYTES_MAX);
  }

  private static String about(String text) {
    return Graphemes.cut(text, ABOUT_GRAPHEMES_MAX, ABOUT_BYTES_MAX);
  }

  private static Optional<Datetime> time(DagFields record, String key) {
    return record.text(key).filter(Datetime::isValid).map(Datetime::new);
  }
}
