package tripod.console.page;

import java.util.List;
import java.util.Optional;
import tripod.console.look.SafeHtml;
import tripod.podstore.social.Media;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/**
 * Whose page it is.
 *
 * @param name shown
 * @param initial stands in for a picture
 * @param handle ATProto handle
 * @param did ATProto identity
 * @param acct fediverse address
 * @param actor ActivityPub actor
 * @param webId WebID
 * @param page address of the public page
 * @param avatar address of the picture
 * @param about words about the person, clean
 * @param website an address elsewhere, http or https
 * @param pronouns as written
 * @param fields further words, clean
 * @param isBot whether a program posts here
 */
record PersonView(
    String name,
    String initial,
    String handle,
    String did,
    String acct,
    String actor,
    String webId,
    String page,
    Optional<String> avatar,
    Optional<SafeHtml> about,
    Optional<String> website,
    Optional<String> pronouns,
    List<Field> fields,
    boolean isBot) {

  static PersonView of(PodNames names, Optional<Social.Profile> profile) {
    String name =
        profile
            .flatMap(Social.Profile::displayName)
            .map(String::strip)
            .filter(text -> !text.isEmpty())
            .orElse(names.username());
    return new PersonView(
        name,
        name.codePoints()
            .filter(Character::isLetterOrDigit)
            .mapToObj(c -> Character.toString(Character.toUpperCase(c)))
            .findFirst()
            .orElse("·"),
        names.handle().value(),
        names.did().value(),
        names.acct(),
        names.actor().toString(),
        names.webId().toString(),
        names.storage().toString(),
        profile.flatMap(Social.Profile::avatar).flatMap(PersonView::own),
        profile.flatMap(PersonView::about),
        profile.flatMap(Social.Profile::website).filter(PersonView::isWeb),
        profile.flatMap(Social.Profile::pronouns).filter(text -> !text.isBlank()),
        profile.map(Social.Profile::fields).orElse(List.of()).stream()
            .map(field -> new Field(field.name(), SafeHtml.of(field.valueHtml())))
            .toList(),
        profile.map(Social.Profile::bot).orElse(false));
  }

  /** Only the pod's own files are shown: a picture elsewhere would tell its server who reads. */
  static Optional<String> own(Media media) {
    return media.blob().map(cid -> "/media/" + cid);
  }

  static boolean isWeb(String address) {
    return address.startsWith("https://") || address.startsWith("http://");
  }

  private static Optional<SafeHtml> about(Social.Profile profile) {
    return profile
        .descriptionHtml()
        .map(SafeHtml::of)
        .or(() -> profile.description().filter(text -> !text.isBlank()).map(SafeHtml::ofText));
  }

  /** A name and a clean value. */
  record Field(String name, SafeHtml value) {}
}
