package tripod.console.post;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Facet.Feature;
import tripod.syntax.Handle;

/** Finds links, hashtags and members of this server in what somebody typed. */
final class FacetFinder {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]++");
  private static final Pattern TAG =
      Pattern.compile("(?<![\\p{L}\\p{N}_#/&])#([\\p{L}\\p{N}_]{1,64}+)(?![\\p{L}\\p{N}_])");
  private static final Pattern MENTION =
      Pattern.compile("(?<![\\p{L}\\p{N}_@.])@([a-zA-Z0-9][a-zA-Z0-9.-]{0,252}+)(?!@)");

  private final Accounts accounts;

  FacetFinder(Accounts accounts) {
    this.accounts = accounts;
  }

  List<Facet> find(String text) {
    List<Facet> found = new ArrayList<>();
    Offsets offsets = new Offsets(text);
    for (Matcher link = LINK.matcher(text); link.find(); ) {
      int end = trimmedEnd(text, link.start(), link.end());
      found.add(
          offsets.facet(link.start(), end, new Feature.Link(text.substring(link.start(), end))));
    }
    int links = found.size();
    for (Matcher tag = TAG.matcher(text); tag.find(); ) {
      if (!tag.group(1).chars().allMatch(Character::isDigit)) {
        Facet facet = offsets.facet(tag.start(), tag.end(), new Feature.Tag(tag.group(1)));
        addUnlessInside(found, links, facet);
      }
    }
    for (Matcher mention = MENTION.matcher(text); mention.find(); ) {
      int end = trimmedEnd(text, mention.start(), mention.end());
      member(text.substring(mention.start(1), end))
          .ifPresent(
              account ->
                  addUnlessInside(
                      found,
                      links,
                      offsets.facet(
                          mention.start(),
                          end,
                          new Feature.Mention(
                              Optional.of(account.did()),
                              Optional.of(accounts.names(account).actor()),
                              Optional.of(accounts.names(account).acct())))));
    }
    found.sort(Comparator.comparingInt(Facet::byteStart));
    return List.copyOf(found);
  }

  private Optional<Account> member(String handle) {
    return Handle.isValid(handle) ? accounts.byHandle(new Handle(handle)) : Optional.empty();
  }

  private static void addUnlessInside(List<Facet> found, int links, Facet facet) {
    for (Facet link : found.subList(0, links)) {
      if (facet.byteStart() < link.byteEnd() && link.byteStart() < facet.byteEnd()) {
        return;
      }
    }
    found.add(facet);
  }

  /**
   * The full stop behind a link belongs to the sentence, and so does a bracket opened before it.
   */
  private static int trimmedEnd(String text, int start, int end) {
    int last = end;
    while (last > start + 1) {
      char c = text.charAt(last - 1);
      boolean unopened = c == ')' && text.substring(start, last).indexOf('(') < 0;
      if (!unopened && ".,;:!?'…-".indexOf(c) < 0) {
        break;
      }
      last--;
    }
    return last;
  }

  /** Turns places in the text into places in its UTF-8 form, in one pass each. */
  private static final class Offsets {
    private final int[] bytes;

    Offsets(String text) {
      bytes = new int[text.length() + 1];
      int at = 0;
      for (int i = 0; i < text.length(); i++) {
        bytes[i] = at;
        char c = text.charAt(i);
        if (Character.isHighSurrogate(c)
            && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          at += 4;
          bytes[++i] = at;
        } else {
          at += c < 0x80 ? 1 : c < 0x800 ? 2 : Character.isSurrogate(c) ? 1 : 3;
        }
      }
      bytes[text.length()] = at;
    }

    Facet facet(int start, int end, Feature feature) {
      return new Facet(bytes[start], bytes[end], List.of(feature));
    }
  }
}
