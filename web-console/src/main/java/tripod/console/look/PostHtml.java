package tripod.console.look;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Entities;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Facet.Feature;
import tripod.podstore.social.Social;

/** Makes the markup of a post's words, clean whatever the post holds. */
public final class PostHtml {
  private PostHtml() {}

  /** Returns the rich form if there is one, else the text with its links. */
  public static SafeHtml of(Social.Post post) {
    return SafeHtml.of(post.html().orElseGet(() -> linked(post.text(), post.facets())));
  }

  private static String linked(String text, List<Facet> facets) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    StringBuilder html = new StringBuilder(bytes.length + 64).append("<p>");
    int at = 0;
    List<Facet> ordered =
        facets.stream().sorted(Comparator.comparingInt(Facet::byteStart)).toList();
    for (Facet facet : ordered) {
      int end = Math.min(facet.byteEnd(), bytes.length);
      Optional<String> href = href(facet);
      if (facet.byteStart() < at
          || end <= facet.byteStart()
          || href.isEmpty()
          || isInside(bytes, facet.byteStart())
          || isInside(bytes, end)) {
        continue;
      }
      html.append(escaped(bytes, at, facet.byteStart()));
      html.append("<a href=\"").append(Entities.escape(href.get())).append("\">");
      html.append(escaped(bytes, facet.byteStart(), end)).append("</a>");
      at = end;
    }
    return html.append(escaped(bytes, at, bytes.length)).append("</p>").toString();
  }

  private static Optional<String> href(Facet facet) {
    for (Feature feature : facet.features()) {
      Optional<String> href =
          switch (feature) {
            case Feature.Mention mention -> mention.actor().map(Object::toString);
            case Feature.Link link -> Optional.of(link.uri());
            case Feature.Tag tag -> Optional.empty();
            case Feature.Other other -> Optional.empty();
          };
      if (href.isPresent()) {
        return href;
      }
    }
    return Optional.empty();
  }

  private static boolean isInside(byte[] bytes, int offset) {
    return offset < bytes.length && (bytes[offset] & 0xC0) == 0x80;
  }

  private static String escaped(byte[] bytes, int start, int end) {
    return Entities.escape(new String(bytes, start, end - start, StandardCharsets.UTF_8))
        .replace("\r\n", "\n")
        .replace("\n\n", "</p><p>")
        .replace("\n", "<br>");
  }
}
