package tripod.console.post;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.identity.Accounts;
import tripod.podstore.social.Facet;

class FacetFinderTest {
  private final FacetFinder finder = new FacetFinder(nobody());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "see https://a.example/x?y=1#z.|https://a.example/x?y=1#z",
        "(https://a.example/x)|https://a.example/x",
        "https://a.example/x_(y)|https://a.example/x_(y)",
        "ähm 👍 http://a.example, ok|http://a.example",
        "no links here, only a.example|~~",
        "#one and #zwei_2, #3 and a#b|#one #zwei_2",
        "https://a.example/#frag #tag|https://a.example/#frag #tag",
        "#日本語 ok|#日本語",
        "javascript:alert(1) ftp://x.example|~~",
        "@nobody.example hello|~~",
      })
  void find_links_andTagsByBytes(String text, String parts) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    List<Facet> facets = finder.find(text);
    String found =
        facets.stream()
            .map(
                f ->
                    new String(
                        bytes, f.byteStart(), f.byteEnd() - f.byteStart(), StandardCharsets.UTF_8))
            .collect(Collectors.joining(" "));
    assertEquals(parts, found);
  }

  private static Accounts nobody() {
    return (Accounts)
        Proxy.newProxyInstance(
            Accounts.class.getClassLoader(),
            new Class<?>[] {Accounts.class},
            (proxy, method, args) -> Optional.empty());
  }
}
