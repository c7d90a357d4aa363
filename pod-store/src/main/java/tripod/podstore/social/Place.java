package tripod.podstore.social;

import java.util.Optional;

/**
 * Where an event takes place (EVT-2).
 *
 * @param name plain
 * @param street house and street
 * @param locality town
 * @param region state or province
 * @param postalCode as written
 * @param country two letters
 * @param latitude decimal degrees, digit by digit as written
 * @param longitude likewise
 * @param uri where it takes place on the web
 */
public record Place(
    Optional<String> name,
    Optional<String> street,
    Optional<String> locality,
    Optional<String> region,
    Optional<String> postalCode,
    Optional<String> country,
    Optional<String> latitude,
    Optional<String> longitude,
    Optional<String> uri) {
  /** Returns a place of which only the name is known. */
  public static Place named(String name) {
    return new Place(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Returns a place on the web. */
  public static Place online(String uri, Optional<String> name) {
    return new Place(
        name,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(uri));
  }

  /** Says whether it is on the web. */
  public boolean isOnline() {
    return uri.isPresent();
  }

  /** Says whether a part of a postal address is known. */
  public boolean hasAddress() {
    return street.isPresent()
        || locality.isPresent()
        || region.isPresent()
        || postalCode.isPresent()
        || country.isPresent();
  }
}
