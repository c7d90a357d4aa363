package tripod.server.wiring;

import java.util.Optional;
import tripod.identity.Secret;
import tripod.identity.http.MailRelay;

/**
 * The keys {@code [mail]}: {@code smtp} as HOST:PORT, {@code smtp://HOST} or {@code smtps://HOST},
 * {@code user} and {@code password} where the server asks for them, {@code from}.
 */
final class MailKeys {
  private MailKeys() {}

  /** Returns the mail server, if one is named. */
  static Optional<MailRelay> relay(Settings settings, String host) {
    Optional<String> address = settings.text("mail.smtp");
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> user = settings.text("mail.user");
    Optional<String> password = settings.secret("mail.password");
    if (user.isPresent() != password.isPresent()) {
      throw new IllegalArgumentException("mail.user and mail.password go together");
    }
    Optional<MailRelay.Login> login =
        user.map(name -> new MailRelay.Login(name, Secret.of(password.orElseThrow())));
    return Optional.of(
        MailRelay.of(address.get(), login, settings.text("mail.from", "tripod@" + host)));
  }
}
