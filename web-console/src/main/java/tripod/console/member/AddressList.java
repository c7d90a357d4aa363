package tripod.console.member;

import java.util.List;
import tripod.identity.Account;
import tripod.syntax.PodNames;

/**
 * Everything that a person is called, and by whom.
 *
 * @param name bare name
 * @param page address of their public page
 * @param doors their names, by the door that uses them
 * @param isNew whether the account was made a moment ago
 * @param isOwn whether the reader is that person
 */
record AddressList(String name, String page, List<Door> doors, boolean isNew, boolean isOwn) {

  static AddressList of(Account account, PodNames names, boolean isNew, boolean isOwn) {
    return new AddressList(
        account.name(),
        names.storage().toString(),
        List.of(
            new Door(
                "at",
                "ATProto",
                "For Bluesky and every app of the Atmosphere",
                List.of(
                    new Entry("Handle", "@" + names.handle(), "What people type", ""),
                    new Entry(
                        "DID",
                        names.did().value(),
                        "Stays the same when handle or host change",
                        ""))),
            new Door(
                "ap",
                "ActivityPub",
                "For Mastodon and the rest of the fediverse",
                List.of(
                    new Entry("Address", "@" + names.acct(), "What people search for", ""),
                    new Entry(
                        "Actor",
                        names.actor().toString(),
                        "What servers ask",
                        names.actor().toString()))),
            new Door(
                "solid",
                "Solid",
                "For apps that keep their data with you",
                List.of(
                    new Entry(
                        "WebID", names.webId().toString(), "Who you are", names.webId().toString()),
                    new Entry(
                        "Storage", names.storage().toString(), "Where your documents live", ""))),
            new Door(
                "web",
                "The web",
                "For everybody with a browser",
                List.of(
                    new Entry(
                        "Page",
                        names.storage().toString(),
                        "Profile and public posts",
                        names.storage().toString())))),
        isNew,
        isOwn);
  }

  /**
   * Names that one protocol uses.
   *
   * @param mark class that colours it
   * @param title the protocol
   * @param purpose what it is good for
   * @param entries the names
   */
  record Door(String mark, String title, String purpose, List<Entry> entries) {}

  /**
   * One name.
   *
   * @param label what kind of name
   * @param value to be copied
   * @param hint a few words
   * @param link address to open; empty for none
   */
  record Entry(String label, String value, String hint, String link) {}
}
