package tripod.identity.token;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import tripod.identity.Secret;

/** Recognises the operator, who has the admin token. */
public final class AdminAuth {
  private static final String USER = "admin:";

  private final Secret token;

  /** Recognises whoever has this token. */
  public AdminAuth(Secret token) {
    this.token = token;
  }

  /**
   * Says whether the field {@code Authorization} is the operator's: HTTP Basic with the name {@code
   * admin} and the token as password, or the token as bearer. Compared in constant time.
   */
  public boolean isAdmin(Optional<String> field) {
    return field.flatMap(AdminAuth::password).filter(given -> token.matches(given)).isPresent();
  }

  private static Optional<Secret> password(String field) {
    String text = field.strip();
    int space = text.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String value = text.substring(space + 1).strip();
    return switch (text.substring(0, space).toLowerCase(java.util.Locale.ROOT)) {
      case "bearer" -> value.isEmpty() ? Optional.empty() : Optional.of(Secret.of(value));
      case "basic" -> basic(value);
      default -> Optional.empty();
    };
  }

  private static Optional<Secret> basic(String value) {
    try {
      String pair = new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
      return pair.startsWith(USER) && pair.length() > USER.length()
          ? Optional.of(Secret.of(pair.substring(USER.length())))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
